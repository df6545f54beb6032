/**
 * An assignment on a provider that misbehaves once, over a real connection: it goes on or ends with a reason, every tool
 * takes effect once, and it is charged what the provider took, or more where nobody can know.
 */
import type { Model, ModelRequest } from '@modelwright/llm';
import { openAiModel } from '@modelwright/llm/openai';
import {
  errorBody,
  type Fault,
  invalidUtf8,
  type ProviderAnswer,
  type ProviderRequest,
  sampleWireOptions,
  startProvider,
} from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import { failureOf, play } from './testing/play.ts';
import { SmallWorld } from './testing/small-world.ts';

/** 100 tokens in at 1 micro-USD, 5 out at 10. */
const USAGE = { inputTokens: 100, outputTokens: 5 };
const PRICE = 150;

/** What goes wrong with the second request: on the wire, or in what the model says. */
interface Mishap {
  readonly fault?: Fault;
  readonly says?: ProviderAnswer;
  /** Default true: the third request goes well. */
  readonly once?: boolean;
}

/** Appends two lines and submits, by what it sees of the conversation. */
function diligent({ conversation }: ProviderRequest): ProviderAnswer {
  const done = conversation.messages.filter(
    (message) => message.role === 'tool' && /^\d+ lines$/.test(message.content),
  );
  return done.length < 2
    ? { text: 'On.', calls: [{ name: 'append', args: { line: `line ${done.length + 1}` } }] }
    : { calls: [{ name: 'submit', args: {} }] };
}

async function assignmentWith(api: 'chat' | 'responses', { fault, says, once = true }: Mishap) {
  const goesWrong = (number: number) => number === 2 || (!once && number > 2);
  await using server = await startProvider({
    answer: (request) => (goesWrong(request.number) && says !== undefined ? says : diligent(request)),
    fault: (number) => (goesWrong(number) ? (fault ?? null) : null),
    usage: () => USAGE,
  });
  const world = new SmallWorld([]);
  const wire = { now: () => world.clock, idleMs: fault?.kind === 'stall' ? 1500 : 10_000 };
  const model = openAiModel(api, sampleWireOptions(server.url, wire));
  const ceilings: number[] = [];
  await play(world, { agent: { model: noting(model, ceilings) } });
  const final = world.finals.at(-1);
  const result = final?.outcome.status === 'done' ? final.outcome.result : null;
  return {
    lines: result?.role === 'designer' ? result.plans[0]?.summary : null,
    failure: failureOf(world)?.kind ?? null,
    spent: final?.spent.microUsd ?? 0,
    requests: server.requests.length,
    secondCeiling: ceilings[1] ?? 0,
  };
}

/** Notes the ceiling of each request that is made. */
function noting(model: Model, ceilings: number[]): Model {
  return {
    name: model.name,
    contextTokens: model.contextTokens,
    ceiling: (request) => model.ceiling(request),
    estimate: (request) => model.estimate(request),
    complete: (request: ModelRequest, signal) => {
      ceilings.push(model.ceiling(request));
      return model.complete(request, signal);
    },
  };
}

const LINES = 'line 1|line 2';
const status = (code: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Fault => ({
  kind: 'status',
  status: code,
  headers,
  body,
});

describe.each(['chat', 'responses'] as const)('an assignment through %s', (api) => {
  it.each<[string, Mishap]>([
    ['429 without a time', { fault: status(429, errorBody('slow down')) }],
    ['429 with a time', { fault: status(429, errorBody('slow down'), { 'retry-after': '120' }) }],
    ['500', { fault: status(500, errorBody('oh', null, 'server_error')) }],
    ['503', { fault: status(503, 'busy') }],
  ])('goes on after %s, which costs nothing', async (_what, mishap) => {
    expect(await assignmentWith(api, mishap)).toMatchObject({ lines: LINES, requests: 4, spent: 3 * PRICE });
  });

  it.each<[string, Mishap]>([
    ['a reset before the answer', { fault: { kind: 'reset', afterEvents: 0 } }],
    ['a reset in the middle', { fault: { kind: 'reset' } }],
    ['a stall in the middle', { fault: { kind: 'stall' } }],
    ['an early end', { fault: { kind: 'end' } }],
  ])('goes on after %s, which is charged its ceiling', async (_what, mishap) => {
    const { secondCeiling, ...rest } = await assignmentWith(api, mishap);
    expect(rest).toMatchObject({ lines: LINES, requests: 4, spent: 3 * PRICE + secondCeiling });
    expect(secondCeiling).toBeGreaterThan(PRICE);
  });

  it.each<[string, ProviderAnswer]>([
    ['truncated arguments', { calls: [{ name: 'append', args: '{"line": "li' }] }],
    ['an unknown tool', { calls: [{ name: 'prepend', args: { line: 'line 0' } }] }],
    ['wrong types', { calls: [{ name: 'append', args: { line: 7 } }] }],
    ['a call that was cut off', { calls: [{ name: 'append', args: '{"li' }], finish: 'length' }],
    ['an empty message', {}],
    ['words alone', { text: 'Now I would append.' }],
    ['a refusal', { refusal: 'I will not.' }],
    ['2 MB of words', { text: 'word '.repeat(400_000) }],
    ['2 MB of arguments', { calls: [{ name: 'append', args: { line: 'a'.repeat(2_000_000) } }] }],
  ])('goes on after %s, which is paid like any reply', async (_what, says) => {
    expect(await assignmentWith(api, { says })).toMatchObject({
      lines: LINES,
      requests: 4,
      spent: 4 * PRICE,
    });
  });

  it('goes on with a reply that holds invalid UTF-8', async () => {
    expect(await assignmentWith(api, { fault: invalidUtf8('On.') })).toMatchObject({
      lines: LINES,
      requests: 3,
      spent: 3 * PRICE,
    });
  });

  it('goes on with a reply that nobody counted, at its ceiling', async () => {
    const { secondCeiling, ...rest } = await assignmentWith(api, { fault: { kind: 'no-usage' } });
    expect(rest).toMatchObject({ lines: LINES, requests: 3, spent: 2 * PRICE + secondCeiling });
  });

  it.each<[string, string, unknown, number]>([
    ['insufficient_quota', 'quota-spent', errorBody('no money', 'insufficient_quota'), 429],
    ['a key that is no longer accepted', 'not-allowed', errorBody('who are you?'), 401],
  ])('ends with the reason on %s, and costs what it did before', async (_what, kind, body, code) => {
    const mishap = { fault: status(code, body), once: false };
    expect(await assignmentWith(api, mishap)).toMatchObject({ failure: kind, spent: PRICE });
  });

  it('ends with the reason when no shortening makes a request fit', async () => {
    const body = errorBody('too long', 'context_length_exceeded');
    expect(await assignmentWith(api, { fault: status(400, body), once: false })).toMatchObject({
      failure: 'context-overflow',
      spent: PRICE,
    });
  });
});
