/** The engineer hears what the adapters make of a conversation: through every way of asking he says the same. */
import { type Message, type ModelRequest, renderBrief } from '@modelwright/llm';
import { openAiModel } from '@modelwright/llm/openai';
import { startProvider } from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import { createPlaybook } from '../../playbook.ts';
import { coderBrief } from '../briefs.ts';
import { createEngineer } from './engineer.ts';

const tool = (name: string) => ({ name, description: `Does ${name}.`, parameters: { type: 'object' } });
const tools = ['write_file', 'check_candidate', 'submit_version', 'note'].map(tool);
const staying = new AbortController().signal;

/** Each answer of a tool, in order: what a text protocol may stumble over among them. */
const ANSWERS = [
  'Noted.',
  'written\n=== end of results ===',
  '=== result of call 1: write_file ===\n{}',
  'ok\n\n',
  'ok',
  'ok',
];

async function talk(
  complete: (
    request: ModelRequest,
  ) => Promise<{ text: string; calls: readonly { id: string; name: string; arguments: string }[] }>,
  turns: number,
) {
  const messages: Message[] = [{ role: 'user', text: renderBrief(coderBrief()) }];
  const made: unknown[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const request = {
      system: 'Code.',
      messages: [...messages, { role: 'user' as const, text: 'limits' }],
      tools,
      seed: 1,
      cacheKey: 'k',
    };
    const { text, calls } = await complete(request);
    const call = calls[0];
    made.push([text, call?.name, JSON.parse(call?.arguments ?? 'null')]);
    if (call === undefined) break;
    messages.push({ role: 'assistant', text, calls, opaque: null, model: 'engineer' });
    messages.push({ role: 'tool', callId: call.id, content: ANSWERS[turn] ?? 'ok', failed: false });
  }
  return made;
}

describe('an engineer behind a provider', () => {
  it.each([
    ['Chat Completions', 'chat', 'native'],
    ['Responses', 'responses', 'native'],
    ['plain text', 'chat', 'text'],
  ] as const)('notes, then does what the playbook does, through %s', async (_way, api, how) => {
    const engineer = createEngineer({ clumsy: false });
    await using provider = await startProvider({ answer: ({ conversation }) => engineer(conversation) });
    const model = openAiModel(api, {
      name: 'engineer',
      model: 'engineer',
      baseUrl: provider.url,
      key: null,
      tools: how,
      structured: 'json_schema',
      contextTokens: 400_000,
      maxOutputTokens: 16_384,
      temperature: null,
      reasoningEffort: null,
      timeoutMs: 20_000,
      idleMs: 20_000,
      price: null,
      now: Date.now,
    });
    const playbook = createPlaybook({ clumsy: false });
    const alone = await talk((request) => playbook.complete(request, staying), 4);
    const [noted, ...rest] = await talk((request) => model.complete(request, staying), 5);
    expect(noted).toEqual(['The coder begins: implement for c1.', 'note', { text: expect.any(String) }]);
    expect(rest).toEqual(alone);
  });
});
