import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';
import { errorBody, invalidUtf8, type Provider, type ProviderOptions, startProvider } from './index.ts';

const clientOf = (provider: Provider, apiKey = 'sk-test') =>
  new OpenAI({ baseURL: provider.url, apiKey, maxRetries: 0, logLevel: 'off' });
const question = { model: 'm', messages: [{ role: 'user' as const, content: 'What is in a?' }] };
const tool = { name: 'read', description: 'Reads.', parameters: { type: 'object' } };
const reading: ProviderOptions['answer'] = () => ({
  text: 'Let me look.',
  calls: [{ name: 'read', args: { path: 'a' } }],
});

async function collected(provider: Provider): Promise<{ text: string; args: string }> {
  const stream = await clientOf(provider).chat.completions.create({ ...question, stream: true });
  let text = '';
  let args = '';
  for await (const { choices } of stream) {
    text += choices[0]?.delta.content ?? '';
    args += choices[0]?.delta.tool_calls?.[0]?.function?.arguments ?? '';
  }
  return { text, args };
}

describe('the provider server', () => {
  it('streams text and calls that the client of OpenAI puts together again', async () => {
    await using provider = await startProvider({ answer: reading });
    const runner = clientOf(provider).chat.completions.stream({
      ...question,
      stream_options: { include_usage: true },
    });
    const done = await runner.finalChatCompletion();
    expect(done.choices[0]?.message).toMatchObject({
      content: 'Let me look.',
      tool_calls: [{ function: { name: 'read', arguments: '{"path":"a"}' } }],
    });
    expect(done.usage?.total_tokens).toBeGreaterThan(0);
    expect(provider.requests[0]?.state).toBe('answered');
  });

  it('answers in one piece where no stream is asked for', async () => {
    await using provider = await startProvider({ answer: reading });
    const done = await clientOf(provider).chat.completions.create(question);
    expect(done.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: 'Let me look.' },
    });
  });

  it('streams responses whose items the client of OpenAI puts together again', async () => {
    await using provider = await startProvider({
      answer: () => ({ reasoning: 'Hm.', text: 'So.', calls: [{ name: 'read', args: {}, id: 'x1' }] }),
    });
    const runner = clientOf(provider).responses.stream({
      model: 'm',
      input: [{ role: 'user', content: 'Go.' }],
    });
    const done = await runner.finalResponse();
    expect(done.output.map(({ type }) => type)).toEqual(['reasoning', 'message', 'function_call']);
    expect(done.output_text).toBe('So.');
  });

  it('understands a conversation alike through both APIs', async () => {
    await using provider = await startProvider({ answer: () => ({ text: 'Yes.' }) });
    const client = clientOf(provider);
    await client.chat.completions.create({
      model: 'm',
      messages: [
        { role: 'system', content: 'You read.' },
        ...question.messages,
        {
          role: 'assistant',
          content: 'Wait.',
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'a file' },
      ],
      tools: [{ type: 'function', function: tool }],
    });
    await client.responses.create({
      model: 'm',
      instructions: 'You read.',
      input: [
        ...question.messages,
        { role: 'assistant', content: 'Wait.' },
        { type: 'function_call', call_id: 'c1', name: 'read', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c1', output: 'a file' },
      ],
      tools: [{ type: 'function', strict: false, ...tool }],
    });
    const [chat, responses] = provider.requests;
    expect(responses?.conversation).toEqual(chat?.conversation);
    expect(chat?.conversation).toEqual({
      system: 'You read.',
      messages: [
        { role: 'user', text: 'What is in a?' },
        {
          role: 'assistant',
          text: 'Wait.',
          calls: [{ id: 'c1', name: 'read', arguments: '{}' }],
          opaque: null,
          model: '',
        },
        { role: 'tool', callId: 'c1', content: 'a file', failed: false },
      ],
      tools: [tool],
    });
  });

  it('keeps no key, and refuses a wrong one', async () => {
    await using provider = await startProvider({ answer: reading, key: 'sk-right' });
    await expect(clientOf(provider, 'sk-wrong').chat.completions.create(question)).rejects.toThrow('401');
    await clientOf(provider, 'sk-right').chat.completions.create(question);
    expect(JSON.stringify(provider.requests)).not.toContain('sk-');
  });

  it('counts what requests have in common as cached', async () => {
    await using provider = await startProvider({ answer: () => ({ text: 'Yes.' }) });
    const long = { ...question, messages: [{ role: 'user' as const, content: 'word '.repeat(3000) }] };
    const first = await clientOf(provider).chat.completions.create(long);
    const second = await clientOf(provider).chat.completions.create(long);
    expect(first.usage?.prompt_tokens_details?.cached_tokens).toBe(0);
    expect(second.usage?.prompt_tokens_details?.cached_tokens).toBeGreaterThan(3000);
  });

  it('lists its models', async () => {
    await using provider = await startProvider({ answer: reading, models: ['small', 'large'] });
    const { data } = await clientOf(provider).models.list();
    expect(data.map(({ id }) => id)).toEqual(['small', 'large']);
  });

  it('fails as it is told, by the number of the request', async () => {
    await using provider = await startProvider({
      answer: reading,
      fault: (number) =>
        number === 1
          ? { kind: 'status', status: 429, headers: { 'retry-after': '2' }, body: errorBody('slow down') }
          : null,
    });
    await expect(collected(provider)).rejects.toMatchObject({ status: 429, error: { message: 'slow down' } });
    expect(await collected(provider)).toEqual({ text: 'Let me look.', args: '{"path":"a"}' });
    expect(provider.requests.map(({ state }) => state)).toEqual(['faulty', 'answered']);
  });

  it('resets a connection in the middle of a stream', async () => {
    await using provider = await startProvider({ answer: reading, fault: () => ({ kind: 'reset' }) });
    await expect(collected(provider)).rejects.toThrow();
  });

  it('stalls in the middle of a stream until the client leaves', async () => {
    await using provider = await startProvider({ answer: reading, fault: () => ({ kind: 'stall' }) });
    const stream = await clientOf(provider).chat.completions.create({ ...question, stream: true });
    for await (const { choices } of stream) if (choices[0]?.delta.content === 'Let me look.') break;
    expect(provider.requests[0]?.state).toBe('faulty');
  });

  it('cuts a stream anywhere and garbles it', async () => {
    await using split = await startProvider({
      answer: () => ({ text: 'größer 🙂' }),
      fault: () => ({ kind: 'split', bytes: 3 }),
    });
    expect((await collected(split)).text).toBe('größer 🙂');
    await using garbled = await startProvider({ answer: reading, fault: () => invalidUtf8('look') });
    expect((await collected(garbled)).text).toContain('\ufffd');
  });
});
