/**
 * What becomes of each thing that can go wrong with a provider, through the real client and over real connections: the
 * answer or a failure that says why, what it is charged, and how often the provider was asked.
 *
 * One call is `retrying` around the adapter, as services compose them; the clock leaps over pauses. What a reply calls is
 * the loop's matter (tools that do not exist, arguments of wrong types): here it arrives unharmed.
 */
import { describe, expect, it } from 'vitest';
import { retrying } from '../asking/retrying.ts';
import { ModelFailure, type ModelReply } from '../model.ts';
import {
  errorBody,
  type Fault,
  invalidUtf8,
  LeapingClock,
  type ProviderAnswer,
  sampleRequest,
  sampleWireOptions,
  startProvider,
} from '../testing/index.ts';
import { openAiModel } from './openai-model.ts';
import type { WireOptions } from './wire-options.ts';

const NOW = Date.UTC(2026, 0, 5, 12);
const LOOK: ProviderAnswer = { text: 'Let me look.', calls: [{ name: 'look', args: { at: 'a' } }] };
/** 100 tokens in at 1 micro-USD, 5 out at 10. */
const USAGE = { inputTokens: 100, outputTokens: 5 };
const PAID = 150;
/** Silence that ends a call quickly; the others have ten seconds, which no busy machine needs. */
const IMPATIENT: Partial<WireOptions> = { idleMs: 40 };

interface Row {
  readonly answer?: ProviderAnswer;
  /** Of the first request; `always`: of all. */
  readonly fault?: Fault;
  readonly always?: boolean;
  readonly options?: Partial<WireOptions>;
}

interface Outcome {
  readonly reply: ModelReply | null;
  readonly failure: ModelFailure | null;
  readonly requests: number;
  readonly slept: readonly number[];
  readonly ceiling: number;
}

async function outcomeOf(api: 'chat' | 'responses', row: Row): Promise<Outcome> {
  const clock = new LeapingClock(NOW, () => 0);
  await using server = await startProvider({
    answer: () => row.answer ?? LOOK,
    fault: (number) => (number === 1 || row.always === true ? (row.fault ?? null) : null),
    usage: () => USAGE,
  });
  const options = sampleWireOptions(server.url, { now: () => clock.now(), ...row.options });
  const model = retrying(openAiModel(api, options), 20_000, clock);
  const ceiling = model.ceiling(sampleRequest);
  const told = { ceiling, slept: clock.slept };
  try {
    const reply = await model.complete(sampleRequest, new AbortController().signal);
    return { reply, failure: null, requests: server.requests.length, ...told };
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    return { reply: null, failure: error, requests: server.requests.length, ...told };
  }
}

const limited = (headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'status',
  status: 429,
  headers,
  body: errorBody('Rate limit reached for test-model', 'rate_limit_exceeded', 'requests'),
});
const broken = (status: number): Fault => ({
  kind: 'status',
  status,
  body: errorBody('The server had an error', null, 'server_error'),
});

describe.each(['chat', 'responses'] as const)('through %s,', (api) => {
  const outcome = (row: Row) => outcomeOf(api, row);
  const paidOnce = { reply: { calls: [{ name: 'look' }], usage: { microUsd: PAID } }, requests: 2 };
  const free = (kind: string, retryable: boolean) => ({
    reply: null,
    failure: { charge: 'none', failure: { kind, retryable } },
  });
  const charged = (kind: string) => ({
    reply: null,
    failure: { charge: 'ceiling', failure: { kind, retryable: true } },
    requests: 1,
  });

  it('429 without Retry-After: asked again after a pause of ours, paid once', async () => {
    expect(await outcome({ fault: limited() })).toMatchObject(paidOnce);
  });

  it.each([
    ['seconds', { 'retry-after': '3' }],
    ['milliseconds, which are believed first', { 'retry-after-ms': '3000', 'retry-after': '90' }],
    ['a date', { 'retry-after': new Date(NOW + 3000).toUTCString() }],
  ])('429 with a short Retry-After in %s: waited for within the call', async (_form, headers) => {
    expect(await outcome({ fault: limited(headers) })).toMatchObject({ ...paidOnce, slept: [3000] });
  });

  it.each([
    ['seconds', '120'],
    ['a date', new Date(NOW + 120_000).toUTCString()],
  ])('429 with a Retry-After of 120 s in %s: handed back with the time, free', async (_form, after) => {
    expect(await outcome({ fault: limited({ 'retry-after': after }) })).toMatchObject({
      ...free('rate-limited', true),
      failure: { retryAt: NOW + 120_000 },
      requests: 1,
      slept: [],
    });
  });

  it('insufficient_quota: not asked again, free, said', async () => {
    const body = errorBody('You exceeded your current quota', 'insufficient_quota', 'insufficient_quota');
    const result = await outcome({ fault: { kind: 'status', status: 429, body }, always: true });
    expect(result).toMatchObject({ ...free('quota-spent', false), requests: 1 });
    expect(result.failure?.message).toContain("Look at the account's balance");
  });

  it.each([500, 503])('%i: asked again, paid once', async (status) => {
    expect(await outcome({ fault: broken(status) })).toMatchObject(paidOnce);
  });

  it('503 for good: handed back after a few attempts, free', async () => {
    const result = await outcome({ fault: broken(503), always: true });
    expect(result).toMatchObject(free('unavailable', true));
    expect(result.requests).toBe(6);
    expect(result.failure?.retryAt).toBeGreaterThanOrEqual(NOW);
  });

  it('504 from a gateway: the server behind it may go on answering, so the ceiling is charged', async () => {
    expect(await outcome({ fault: broken(504) })).toMatchObject(charged('unavailable'));
  });

  it('no server: asked again for a while, free', async () => {
    const clock = new LeapingClock(NOW, () => 0);
    const closed = await startProvider({ answer: () => LOOK });
    await closed[Symbol.asyncDispose]();
    const model = retrying(openAiModel(api, sampleWireOptions(closed.url)), 20_000, clock);
    const failure = await model.complete(sampleRequest, new AbortController().signal).catch((error) => error);
    expect({ reply: null, failure }).toMatchObject(free('unavailable', true));
    expect(failure.message).toContain('ECONNREFUSED');
  });

  it('reset before an answer: it may have been read, so the ceiling is charged', async () => {
    expect(await outcome({ fault: { kind: 'reset', afterEvents: 0 } })).toMatchObject(
      charged('broken-reply'),
    );
  });

  it('reset in the middle of a stream: the ceiling is charged', async () => {
    expect(await outcome({ fault: { kind: 'reset' } })).toMatchObject(charged('broken-reply'));
  });

  it('a stream that ends early, in good order: the ceiling is charged', async () => {
    expect(await outcome({ fault: { kind: 'end' } })).toMatchObject(charged('broken-reply'));
  });

  it('a stall in the middle of a stream: given up, the ceiling is charged', async () => {
    const result = await outcome({ fault: { kind: 'stall' }, options: IMPATIENT });
    expect(result).toMatchObject(charged('stalled'));
    expect(result.failure?.message).toContain('nothing came for 40 ms');
  });

  it('a stall before the answer begins: has more time, then is given up', async () => {
    const result = await outcome({ fault: { kind: 'stall', afterEvents: 0 }, options: IMPATIENT });
    expect(result).toMatchObject(charged('stalled'));
    expect(result.failure?.message).toContain('nothing came for 160 ms');
  });

  it('an answer that takes too long as a whole: given up, the ceiling is charged', async () => {
    const result = await outcome({ fault: { kind: 'stall' }, options: { timeoutMs: 40 } });
    expect(result).toMatchObject(charged('stalled'));
    expect(result.failure?.message).toContain('not answered within 40 ms');
  });

  it('truncated JSON arguments: handed to the loop as they are, paid', async () => {
    const answer = { calls: [{ name: 'look', args: '{"at": "a' }] };
    expect(await outcome({ answer })).toMatchObject({
      reply: { calls: [{ name: 'look', arguments: '{"at": "a' }], finish: 'stop', usage: { microUsd: PAID } },
      requests: 1,
    });
  });

  it('an unknown tool: handed to the loop as it is', async () => {
    const answer = { calls: [{ name: 'launch', args: {} }] };
    expect((await outcome({ answer })).reply?.calls).toMatchObject([{ name: 'launch', arguments: '{}' }]);
  });

  it('wrong types: handed to the loop as they are', async () => {
    const answer = { calls: [{ name: 'look', args: { at: [1] } }] };
    expect((await outcome({ answer })).reply?.calls).toMatchObject([{ arguments: '{"at":[1]}' }]);
  });

  it('cut off in a tool call: none is called, the text stays, paid', async () => {
    const answer: ProviderAnswer = { text: 'Let', calls: [{ name: 'look', args: '{"at' }], finish: 'length' };
    expect(await outcome({ answer })).toMatchObject({
      reply: { text: 'Let', calls: [], finish: 'length', opaque: null, usage: { microUsd: PAID } },
    });
  });

  it('an empty message: handed to the loop as it is, paid', async () => {
    expect(await outcome({ answer: {} })).toMatchObject({
      reply: { text: '', calls: [], finish: 'stop', usage: { microUsd: PAID } },
    });
  });

  it('a refusal: said in its words, nothing is called, paid', async () => {
    const answer = { refusal: 'I will not look.' };
    expect(await outcome({ answer })).toMatchObject({
      reply: { text: 'I will not look.', calls: [], finish: 'refused', usage: { microUsd: PAID } },
    });
  });

  it('a content filter in the middle of a reply: refused, nothing is called', async () => {
    const answer: ProviderAnswer = { ...LOOK, finish: 'content_filter' };
    expect(await outcome({ answer })).toMatchObject({ reply: { calls: [], finish: 'refused' } });
  });

  it('a content filter before a model read anything: refused, free', async () => {
    const body = errorBody('The prompt was filtered', 'content_filter');
    expect(await outcome({ fault: { kind: 'status', status: 400, body }, always: true })).toMatchObject({
      reply: { finish: 'refused', usage: { microUsd: 0, priced: true } },
      requests: 1,
    });
  });

  it('2 MB of text: shown in part as a reply that was cut off, paid as it was counted', async () => {
    const result = await outcome({ answer: { ...LOOK, text: 'word '.repeat(400_000) } });
    expect(result).toMatchObject({ reply: { calls: [], finish: 'length', usage: { microUsd: PAID } } });
    expect(result.reply?.text).toHaveLength(20_000);
  });

  it('2 MB of arguments: nothing is called, paid as it was counted', async () => {
    const answer = { calls: [{ name: 'look', args: { at: 'a'.repeat(2_000_000) } }] };
    expect(await outcome({ answer })).toMatchObject({
      reply: { calls: [], finish: 'length', usage: { microUsd: PAID } },
    });
  });

  it('invalid UTF-8: its place is marked, the rest is read', async () => {
    const result = await outcome({ fault: invalidUtf8('Let') });
    expect(result.reply?.text).toContain('\ufffd');
    expect(result.reply?.calls).toHaveLength(1);
  });

  it('a stream that makes no sense: the ceiling is charged', async () => {
    const change = (body: Buffer) =>
      Buffer.from(body.toString().replaceAll('"type":', '"type"').replaceAll('"id":', '"id"'));
    expect(await outcome({ fault: { kind: 'garble', change } })).toMatchObject(charged('broken-reply'));
  });

  it('an error inside the stream: its kind is told, the ceiling is charged', async () => {
    const error = JSON.stringify({ error: { message: 'overloaded', code: 'server_error' } });
    const change = () => Buffer.from(`data: ${error}\n\n`);
    expect(await outcome({ fault: { kind: 'garble', change } })).toMatchObject(charged('unavailable'));
  });

  it('no usage: the answer counts, its tokens are estimated, and the ceiling is charged', async () => {
    const { reply, ceiling } = await outcome({ fault: { kind: 'no-usage' } });
    expect(reply).toMatchObject({ calls: [{ name: 'look' }], usage: { microUsd: ceiling, priced: true } });
    expect(reply?.usage.inputTokens).toBeGreaterThan(0);
  });

  it.each([
    ['by its code', errorBody('Too long.', 'context_length_exceeded')],
    ['in words', errorBody("This model's maximum context length is 4096 tokens.")],
    ['by a server of another kind', { detail: 'prompt is too long: 5000 tokens > 4096 maximum' }],
  ])('a request longer than the context, told %s: handed back to be condensed, free', async (_how, body) => {
    expect(await outcome({ fault: { kind: 'status', status: 400, body }, always: true })).toMatchObject({
      ...free('context-overflow', false),
      requests: 1,
    });
  });

  it.each([
    [401, 'not-allowed'],
    [403, 'not-allowed'],
    [404, 'bad-request'],
    [422, 'bad-request'],
  ])('%i: not asked again, free, the key nowhere in what is said', async (status, kind) => {
    const body = errorBody('Incorrect API key provided: sk-test-secret');
    const result = await outcome({ fault: { kind: 'status', status, body }, always: true });
    expect(result).toMatchObject({ ...free(kind, false), requests: 1 });
    expect(JSON.stringify(result.failure?.failure)).not.toContain('sk-test-secret');
  });

  it('a web page instead of an answer: said, free', async () => {
    const page: Fault = {
      kind: 'status',
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<p>',
    };
    const result = await outcome({ fault: page, always: true });
    expect(result).toMatchObject({ ...free('bad-request', false), requests: 1 });
    expect(result.failure?.message).toContain('base_url');
  });
});
