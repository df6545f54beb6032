import { describe, expect, it } from 'vitest';
import { heard } from './wire.ts';

const parameters = { type: 'object' };
const conversation = {
  model: 'm',
  system: 'Be brief.',
  messages: [
    { role: 'user', text: 'Go.' },
    {
      role: 'assistant',
      text: 'First this.',
      calls: [
        { id: 'a', name: 'look', arguments: '{}' },
        { id: 'b', name: 'look', arguments: '{"at":1}' },
      ],
      opaque: null,
      model: 'm',
    },
    { role: 'tool', callId: 'a', content: 'nothing', failed: false },
    { role: 'tool', callId: 'b', content: 'one', failed: false },
    { role: 'user', text: '3 turns left' },
  ],
  tools: [{ name: 'look', description: 'Looks.', parameters }],
  cacheKey: 'run:coder',
};

describe('a conversation on the wire', () => {
  it('is heard through Chat Completions', () => {
    const call = (id: string, text: string) => ({
      id,
      type: 'function',
      function: { name: 'look', arguments: text },
    });
    const body = {
      model: 'm',
      stream: true,
      prompt_cache_key: 'run:coder',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: 'First this.', tool_calls: [call('a', '{}'), call('b', '{"at":1}')] },
        { role: 'tool', tool_call_id: 'a', content: 'nothing' },
        { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'one' }] },
        { role: 'user', content: '3 turns left' },
      ],
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters } }],
    };
    expect(heard('chat', body)).toEqual(conversation);
  });

  it('is heard through Responses, where text and calls of a reply are items of their own', () => {
    const call = (call_id: string, text: string) => ({
      type: 'function_call',
      call_id,
      name: 'look',
      arguments: text,
    });
    const body = {
      model: 'm',
      instructions: 'Be brief.',
      prompt_cache_key: 'run:coder',
      input: [
        { role: 'user', content: 'Go.' },
        { type: 'reasoning', id: 'r', summary: [] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'First this.' }] },
        call('a', '{}'),
        call('b', '{"at":1}'),
        { type: 'function_call_output', call_id: 'a', output: 'nothing' },
        { type: 'function_call_output', call_id: 'b', output: 'one' },
        { role: 'user', content: [{ type: 'input_text', text: '3 turns left' }] },
      ],
      tools: [{ type: 'function', name: 'look', description: 'Looks.', parameters }],
    };
    expect(heard('responses', body)).toEqual(conversation);
  });

  it('that neither interface knows is refused', () => {
    expect(() => heard('chat', { model: 'm', messages: [{ role: 'nobody', content: '' }] })).toThrow();
  });
});
