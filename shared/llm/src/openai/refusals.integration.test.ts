import { describe, expect, it } from 'vitest';
import type { Model, ModelReply } from '../model.ts';
import {
  errorBody,
  type ProviderOptions,
  sampleRequest,
  sampleWireOptions,
  startProvider,
} from '../testing/index.ts';
import { openAiModel } from './openai-model.ts';
import type { WireOptions } from './wire-options.ts';

const looking = { text: 'Let me look.', calls: [{ name: 'look', args: { at: 'a' } }] };
const ask = (model: Model, request = sampleRequest) => model.complete(request, new AbortController().signal);

async function asked(
  api: 'chat' | 'responses',
  provider: ProviderOptions,
  options: Partial<WireOptions> = {},
) {
  const server = await startProvider(provider);
  const reply: ModelReply = await ask(openAiModel(api, sampleWireOptions(server.url, options)));
  await server[Symbol.asyncDispose]();
  return { reply, bodies: server.requests.map(({ body }) => body) };
}

describe('a server that does not know a parameter', () => {
  const refusing = (word: string) => ({
    answer: () => looking,
    fault: (_number: number, { text }: { text: string }) =>
      text.includes(`"${word}":`)
        ? ({ kind: 'status', status: 400, body: errorBody(`Unsupported parameter: '${word}'.`) } as const)
        : null,
  });

  it.each([
    ['chat', 'stream_options'],
    ['chat', 'temperature'],
    ['chat', 'reasoning_effort'],
    ['chat', 'max_tokens'],
    ['responses', 'temperature'],
    ['responses', 'include'],
    ['responses', 'prompt_cache_key'],
  ] as const)('is asked again through %s without "%s", and never with it after that', async (api, word) => {
    await using server = await startProvider(refusing(word));
    const options = { temperature: 0.2, reasoningEffort: 'low' } as const;
    const model = openAiModel(api, sampleWireOptions(server.url, options));
    expect((await ask(model)).calls).toHaveLength(1);
    await ask(model);
    expect(server.requests.map(({ state }) => state)).toEqual(['faulty', 'answered', 'answered']);
  });

  it('is told the greatest length of a reply by its other name', async () => {
    const { bodies } = await asked('chat', refusing('max_tokens'));
    expect(bodies).toMatchObject([{ max_tokens: 1000 }, { max_completion_tokens: 1000 }]);
  });

  it('is never asked without a limit on the length of its reply', async () => {
    await using server = await startProvider({
      answer: () => looking,
      fault: () => ({
        kind: 'status',
        status: 400,
        body: errorBody('neither max_tokens nor max_completion_tokens'),
      }),
    });
    const model = openAiModel('chat', sampleWireOptions(server.url));
    await expect(ask(model)).rejects.toMatchObject({ failure: { kind: 'bad-request' } });
    expect(server.requests).toHaveLength(2);
  });

  it('is read where it refuses in a form of its own', async () => {
    const detail = [{ loc: ['body', 'stream_options'], msg: 'Extra inputs are not permitted' }];
    const { bodies } = await asked('chat', {
      answer: () => looking,
      fault: (number) => (number === 1 ? { kind: 'status', status: 422, body: { detail } } : null),
    });
    expect(bodies[1]).not.toHaveProperty('stream_options');
  });
});

describe('a model without function calling', () => {
  it('has its tools told in text from the moment its server says so', async () => {
    const { reply, bodies } = await asked('chat', {
      answer: () => looking,
      fault: (_number, { inText }) =>
        inText
          ? null
          : { kind: 'status', status: 400, body: { error: { message: 'x does not support tools' } } },
    });
    expect(reply.calls).toMatchObject([{ name: 'look', arguments: '{"at":"a"}' }]);
    expect(bodies[1]).not.toHaveProperty('tools');
  });

  it.each(['chat', 'responses'] as const)(
    'is held to less and less form by a server that refuses it, through %s',
    async (api) => {
      const forms: unknown[] = [];
      const { reply } = await asked(
        api,
        {
          answer: () => looking,
          fault: (_number, { text }) => {
            const form = ['json_schema', 'json_object'].find((one) => text.includes(`"type":"${one}"`));
            forms.push(form);
            if (form === undefined) return null;
            return { kind: 'status', status: 400, body: errorBody(`${form} is not supported`) };
          },
        },
        { tools: 'text' },
      );
      expect(forms).toEqual(['json_schema', 'json_object', undefined]);
      expect(reply.calls).toHaveLength(1);
    },
  );

  it('is told what was wrong with a reply that could not be read', async () => {
    await using server = await startProvider({ answer: () => ({ text: 'I would look at {"a": ' }) });
    const model = openAiModel('chat', sampleWireOptions(server.url, { tools: 'text' }));
    const first = await ask(model);
    expect(first).toMatchObject({ calls: [], text: 'I would look at {"a": ', finish: 'stop' });
    const again = {
      ...sampleRequest,
      messages: [
        ...sampleRequest.messages,
        { role: 'assistant' as const, ...first },
        { role: 'user' as const, text: 'Go on.' },
      ],
    };
    await ask(model, again);
    expect(server.requests[1]?.text).toMatch(/could not be read.*is not closed.*Go on\./);
  });
});
