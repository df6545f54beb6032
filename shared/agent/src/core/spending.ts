/** What an assignment has spent, by who was paid: replies at their price, intents without a reply at their ceiling. */
import type { ModelSpending, Spent, TurnRecord, Usage } from '@modelwright/contracts';

export interface Spending {
  /** Without what is open. */
  readonly microUsd: number;
  /** Input and output together, without what is open. */
  readonly tokens: number;
  readonly byModel: Readonly<Record<string, ModelSpending>>;
  /** The intent whose answer has not come. */
  readonly open: Intent | null;
}

export type Intent = Extract<TurnRecord, { type: 'intent' }>;

export const NOTHING_YET: Spending = { microUsd: 0, tokens: 0, byModel: {}, open: null };

export function spend(now: Spending, record: TurnRecord): Spending {
  switch (record.type) {
    case 'intent':
      // One that nobody closed is paid for all the same, by whomever.
      return { ...paid(now, now.open?.ceilingMicroUsd ?? 0, now.open?.estimate), open: record };
    case 'reply':
      return closed(now, record.model, record.usage);
    case 'condensed':
      return record.usage === null ? now : closed(now, record.model, record.usage);
    case 'unanswered':
      return record.free === true ? { ...now, open: null } : closed(now, record.model, presumed(now, record));
    case 'taken':
    case 'parked':
    case 'result':
    case 'finished':
      return now;
  }
}

/** What an assignment has spent by now, as its final message would say. */
export function spentBy(transcript: readonly TurnRecord[]): Spent {
  const spending = transcript.reduce(spend, NOTHING_YET);
  const turns = transcript.filter((record) => record.type === 'reply').length;
  return { turns, microUsd: spentAtMost(spending), byModel: spending.byModel };
}

/** What may have been spent, at most. */
export function spentAtMost({ microUsd, open }: Spending): number {
  return microUsd + (open?.ceilingMicroUsd ?? 0);
}

type Tokens = Pick<Usage, 'inputTokens' | 'outputTokens'>;

function paid(now: Spending, microUsd: number, tokens: Tokens | undefined): Spending {
  const more = (tokens?.inputTokens ?? 0) + (tokens?.outputTokens ?? 0);
  return { ...now, microUsd: now.microUsd + microUsd, tokens: now.tokens + more };
}

function closed(now: Spending, model: string, usage: Usage): Spending {
  const before = now.byModel[model] ?? NONE;
  const byModel = { ...now.byModel, [model]: plus(before, usage) };
  return { ...paid(now, usage.microUsd, usage), byModel, open: null };
}

const NONE: ModelSpending = {
  calls: 0,
  unpricedCalls: 0,
  inputTokens: 0,
  cachedTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  microUsd: 0,
};

function plus(sum: ModelSpending, usage: Usage): ModelSpending {
  return {
    calls: sum.calls + 1,
    unpricedCalls: sum.unpricedCalls + (usage.priced ? 0 : 1),
    inputTokens: sum.inputTokens + usage.inputTokens,
    cachedTokens: sum.cachedTokens + usage.cachedTokens,
    outputTokens: sum.outputTokens + usage.outputTokens,
    reasoningTokens: sum.reasoningTokens + usage.reasoningTokens,
    microUsd: sum.microUsd + usage.microUsd,
  };
}

/** Of a call whose answer was lost: as much as it can have been. A model with a price has a ceiling above zero. */
function presumed({ open }: Spending, { microUsd }: Extract<TurnRecord, { type: 'unanswered' }>): Usage {
  return {
    inputTokens: open?.estimate?.inputTokens ?? 0,
    cachedTokens: 0,
    outputTokens: open?.estimate?.outputTokens ?? 0,
    reasoningTokens: 0,
    microUsd,
    priced: microUsd > 0,
  };
}
