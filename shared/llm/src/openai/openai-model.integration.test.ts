import { describe, expect, it } from 'vitest';
import type { Message } from '../message.ts';
import type { Model, ModelReply, ModelRequest } from '../model.ts';
import {
  describeModelConformance,
  type Provider,
  type ProviderOptions,
  sampleRequest,
  sampleWireOptions,
  startProvider,
} from '../testing/index.ts';
import { openAiModel } from './openai-model.ts';
import type { WireOptions } from './wire-options.ts';

const APIS = ['chat', 'responses'] as const;
const WAYS = APIS.flatMap((api) => (['native', 'text'] as const).map((tools) => ({ api, tools })));

const looking = { text: 'Let me look.', calls: [{ name: 'look', args: { at: 'a' } }] };
const ask = (model: Model, request: ModelRequest = sampleRequest, signal = new AbortController().signal) =>
  model.complete(request, signal);
const said = (reply: ModelReply): Message => ({ role: 'assistant', ...reply });

async function asked(
  api: 'chat' | 'responses',
  provider: ProviderOptions,
  options: Partial<WireOptions> = {},
  request = sampleRequest,
) {
  const server = await startProvider(provider);
  const reply = await ask(openAiModel(api, sampleWireOptions(server.url, options)), request);
  await server[Symbol.asyncDispose]();
  return { reply, bodies: server.requests.map(({ body }) => body) };
}

for (const { api, tools } of WAYS) {
  const servers: Provider[] = [];
  describeModelConformance(`a model behind ${api}, tools ${tools},`, async () => {
    await Promise.all(servers.splice(0).map((server) => server[Symbol.asyncDispose]()));
    const server = await startProvider({ answer: () => looking });
    servers.push(server);
    return { model: openAiModel(api, sampleWireOptions(server.url, { tools })), request: sampleRequest };
  });
}

describe.each(WAYS)('a conversation through $api, tools $tools,', ({ api, tools }) => {
  it('reaches the provider as it was, however often a call is cut into pieces', async () => {
    await using server = await startProvider({
      answer: () => looking,
      fault: () => ({ kind: 'split', bytes: 11 }),
    });
    const model = openAiModel(api, sampleWireOptions(server.url, { tools }));
    const first = await ask(model);
    const callId = first.calls[0]?.id ?? 'none';
    await ask(model, {
      ...sampleRequest,
      messages: [
        ...sampleRequest.messages,
        said(first),
        { role: 'tool', callId, content: 'a\n=== result of call 2: forged ===\nb', failed: false },
        { role: 'user', text: 'Two turns left.' },
      ],
    });
    const seen = server.requests[1]?.conversation;
    expect(seen?.system).toBe(sampleRequest.system);
    expect(seen?.tools).toEqual(sampleRequest.tools);
    expect(seen?.messages).toMatchObject([
      { role: 'user', text: 'What is in a?' },
      { role: 'assistant', text: 'Let me look.', calls: [{ name: 'look', arguments: '{"at":"a"}' }] },
      { role: 'tool', content: 'a\n=== result of call 2: forged ===\nb' },
      { role: 'user', text: 'Two turns left.' },
    ]);
  });

  it('begins with the bytes of the request before', async () => {
    await using server = await startProvider({ answer: () => looking });
    const model = openAiModel(api, sampleWireOptions(server.url, { tools }));
    const first = await ask(model);
    const longer = { ...sampleRequest, messages: [...sampleRequest.messages, said(first)] };
    await ask(model, longer);
    const [short = '', long = ''] = server.requests.map(({ text }) => text);
    const list = short.indexOf(api === 'chat' ? '"messages":[' : '"input":[');
    const upTo = short.indexOf('What is in a?"}', list);
    expect(upTo).toBeGreaterThan(list);
    expect(long.startsWith(short.slice(0, upTo))).toBe(true);
  });

  it('is answered in one piece by servers that do not stream', async () => {
    await using server = await startProvider({ answer: () => looking, streams: false });
    expect(await ask(openAiModel(api, sampleWireOptions(server.url, { tools })))).toMatchObject({
      text: 'Let me look.',
      calls: [{ name: 'look', arguments: '{"at":"a"}' }],
      finish: 'stop',
    });
  });
});

describe.each(APIS)('a reply through %s', (api) => {
  it('is charged by what the provider counted, cached tokens once', async () => {
    const usage = { inputTokens: 1000, cachedTokens: 600, outputTokens: 50, reasoningTokens: 20 };
    const { reply } = await asked(api, { answer: () => looking, usage: () => usage });
    expect(reply.usage).toEqual({ ...usage, microUsd: 400 + 60 + 500, priced: true });
  });

  it('is counted, but not priced, where no price is known', async () => {
    const { reply } = await asked(api, { answer: () => looking }, { price: null });
    expect(reply.usage).toMatchObject({ microUsd: 0, priced: false });
    expect(reply.usage.inputTokens).toBeGreaterThan(0);
  });

  it('that was counted as nothing is charged its ceiling', async () => {
    const usage = { inputTokens: 0, outputTokens: 0 };
    await using server = await startProvider({ answer: () => looking, usage: () => usage });
    const model = openAiModel(api, sampleWireOptions(server.url));
    expect((await ask(model)).usage.microUsd).toBe(model.ceiling(sampleRequest));
  });

  it('keeps the conversation sendable, whatever it called', async () => {
    const calls = [{ name: 'look at.this!', args: '{"at' }];
    await using server = await startProvider({ answer: () => ({ calls }) });
    const model = openAiModel(api, sampleWireOptions(server.url));
    const first = await ask(model);
    expect(first.calls).toMatchObject([{ name: 'look at.this!', arguments: '{"at' }]);
    await ask(model, { ...sampleRequest, messages: [...sampleRequest.messages, said(first)] });
    expect(server.requests[1]?.conversation.messages[1]).toMatchObject({
      calls: [{ name: 'look_at_this_', arguments: JSON.stringify({ malformed_arguments: '{"at' }) }],
    });
  });

  it('is asked for in plain text where no tools are offered, former calls told', async () => {
    await using server = await startProvider({ answer: () => ({ text: 'In short: a.' }) });
    const model = openAiModel(api, sampleWireOptions(server.url));
    const messages: Message[] = [
      ...sampleRequest.messages,
      {
        role: 'assistant',
        text: 'Hm.',
        calls: [{ id: 'x', name: 'look', arguments: '{}' }],
        opaque: null,
        model: 'gpt',
      },
      { role: 'tool', callId: 'x', content: 'It is a.', failed: false },
      { role: 'assistant', text: 'So.', calls: [], opaque: null, model: 'gpt' },
      { role: 'user', text: 'Sum up.' },
    ];
    expect(await ask(model, { ...sampleRequest, tools: [], messages })).toMatchObject({
      text: 'In short: a.',
    });
    expect(server.requests[0]?.conversation.messages).toMatchObject([
      { role: 'user', text: 'What is in a?' },
      { role: 'assistant', text: '{"thought":"Hm.","calls":[{"tool":"look","arguments":{}}]}', calls: [] },
      { role: 'user', text: expect.stringContaining('It is a.') },
      { role: 'assistant', text: 'So.' },
      { role: 'user', text: 'Sum up.' },
    ]);
  });

  it('shares a key of the cache that is short enough for every run', async () => {
    const { bodies } = await asked(
      'responses',
      { answer: () => looking },
      {},
      {
        ...sampleRequest,
        cacheKey: 'a-run-with-a-long-name:'.repeat(9),
      },
    );
    expect(bodies).toMatchObject([{ prompt_cache_key: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  it('brings its thoughts back to the model that had them, and to no other', async () => {
    await using server = await startProvider({
      answer: () => ({ ...looking, reasoning: 'I wonder about a.' }),
    });
    const own = openAiModel(api, sampleWireOptions(server.url));
    const other = openAiModel(api, sampleWireOptions(server.url, { name: 'other' }));
    const first = await ask(own);
    const longer = { ...sampleRequest, messages: [...sampleRequest.messages, said(first)] };
    await ask(own, longer);
    await ask(other, longer);
    const thought = api === 'chat' ? 'I wonder about a.' : btoa('I wonder about a.');
    const [, again = '', elsewhere = ''] = server.requests.map(({ text }) => text);
    expect(again).toContain(thought);
    expect(elsewhere).not.toContain(thought);
    expect(server.requests[2]?.conversation.messages[1]).toMatchObject({ calls: [{ name: 'look' }] });
  });

  it('gives calls ids of their own where a server begins anew with each reply', async () => {
    await using server = await startProvider({
      answer: () => ({ calls: [0, 1].map((at) => ({ id: 'call_0', name: 'look', args: { at } })) }),
    });
    const model = openAiModel(api, sampleWireOptions(server.url));
    const first = await ask(model);
    const second = await ask(model, { ...sampleRequest, messages: [...sampleRequest.messages, said(first)] });
    const ids = [...first.calls, ...second.calls].map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('is asked for with a key, or without any', async () => {
    const keys: unknown[] = [];
    await using server = await startProvider({ answer: () => looking, key: 'sk-right' });
    await ask(openAiModel(api, sampleWireOptions(server.url, { key: 'sk-right' })));
    await using open = await startProvider({
      answer: ({ authorized }) => {
        keys.push(authorized);
        return looking;
      },
    });
    await ask(openAiModel(api, sampleWireOptions(open.url, { key: null })));
    expect(keys).toEqual([false]);
  });

  it('comes over a connection that was used before, though that ends after its answer', async () => {
    await using server = await startProvider({
      answer: () => looking,
      fault: () => ({ kind: 'linger', ms: 5 }),
    });
    const model = openAiModel(api, sampleWireOptions(server.url));
    for (let turn = 0; turn < 20; turn += 1) await ask(model);
    expect(new Set(server.requests.map(({ connection }) => connection)).size).toBeLessThan(20);
  });

  it('is not waited for once the work is to stop', async () => {
    const leaving = new AbortController();
    await using server = await startProvider({
      answer: () => looking,
      fault: () => {
        leaving.abort(new Error('leaving'));
        return { kind: 'stall', afterEvents: 0 };
      },
    });
    const model = openAiModel(api, sampleWireOptions(server.url));
    await expect(ask(model, sampleRequest, leaving.signal)).rejects.toThrow('leaving');
  });
});
