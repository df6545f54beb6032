import { type TurnRecord, turnRecordBody } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { spentBy } from './spending.ts';

const usage = {
  inputTokens: 1200,
  cachedTokens: 1000,
  outputTokens: 300,
  reasoningTokens: 100,
  microUsd: 4200,
};
const lost = { kind: 'stalled', message: 'm', retryable: true, origin: 'llm', causes: [] };
const of = (...records: object[]): TurnRecord[] =>
  records.map((record) => turnRecordBody.parse({ at: 0, ...record }));

const intent = (ceilingMicroUsd: number) => ({
  type: 'intent',
  turn: 1,
  ceilingMicroUsd,
  estimate: { inputTokens: 2000, outputTokens: 500 },
});
const reply = { type: 'reply', turn: 1, text: '', calls: [], usage, model: 'gpt' };
const unanswered = { type: 'unanswered', turn: 1, failure: lost, microUsd: 90_000, model: 'gpt' };

describe('what an assignment has spent by now', () => {
  it('is what answers cost, and the ceiling of one that was lost', () => {
    const spent = spentBy(of(intent(90_000), unanswered, intent(95_000), reply));
    expect(spent).toMatchObject({ turns: 1, microUsd: 94_200 });
    expect(spent.byModel['gpt']).toMatchObject({
      calls: 2,
      inputTokens: 3200,
      cachedTokens: 1000,
      microUsd: 94_200,
    });
  });

  it('is nothing for an attempt that has certainly cost nothing', () => {
    const spent = spentBy(of(intent(90_000), { ...unanswered, free: true, microUsd: 0 }));
    expect(spent).toEqual({ turns: 0, microUsd: 0, byModel: {} });
  });

  it('counts a question under way at its ceiling, under no model; and so every one that nobody closed', () => {
    expect(spentBy(of(intent(10_000)))).toEqual({ turns: 0, microUsd: 10_000, byModel: {} });
    expect(spentBy(of(intent(10_000), intent(20_000), reply)).microUsd).toBe(14_200);
  });

  it('counts calls without a price, and the call that wrote a summary', () => {
    const free = { ...reply, usage: { ...usage, microUsd: 0, priced: false }, model: 'local' };
    const condensed = {
      type: 'condensed',
      maskedThrough: 1,
      summarisedThrough: 1,
      summary: 's',
      reason: 'r',
      usage: { ...usage, microUsd: 800 },
      model: 'cheap',
    };
    expect(spentBy(of(intent(0), free, intent(50_000), condensed)).byModel).toMatchObject({
      local: { calls: 1, unpricedCalls: 1, microUsd: 0 },
      cheap: { calls: 1, unpricedCalls: 0, microUsd: 800 },
    });
  });
});
