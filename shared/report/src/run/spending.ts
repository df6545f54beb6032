/** What language models were paid. Cached tokens are part of the input, reasoning tokens of the output. */
import type { Spent } from '@modelwright/contracts';
import type { RunReport } from './run-report.ts';

export interface Spending {
  readonly capMicroUsd: number;
  readonly microUsd: number;
  readonly calls: number;
  /** Calls to models without a known price: they are not in `microUsd`. */
  readonly unpricedCalls: number;
  readonly tokens: number;
  readonly byModel: ReadonlyArray<{
    readonly model: string;
    readonly microUsd: number;
    readonly calls: number;
    readonly tokens: number;
  }>;
}

export function spendingIn({ submitted, spending }: RunReport): Spending {
  const all = [...spending.values()];
  const models = Map.groupBy(
    all.flatMap(({ byModel }) => Object.entries(byModel)),
    ([model]) => model,
  );
  const byModel = [...models].map(([model, entries]) => ({
    model,
    microUsd: total(entries, ([, one]) => one.microUsd),
    calls: total(entries, ([, one]) => one.calls),
    tokens: total(entries, ([, one]) => one.inputTokens + one.outputTokens),
  }));
  const every = (of: (one: Spent['byModel'][string]) => number) =>
    total(all, (one) => total(Object.values(one.byModel), of));
  return {
    capMicroUsd: submitted?.budget.microUsd ?? 0,
    microUsd: total(all, ({ microUsd }) => microUsd),
    calls: every(({ calls }) => calls),
    unpricedCalls: every(({ unpricedCalls }) => unpricedCalls),
    tokens: every(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
    byModel: byModel.toSorted((a, b) => b.microUsd - a.microUsd || b.calls - a.calls),
  };
}

function total<One>(all: readonly One[], of: (one: One) => number): number {
  return all.reduce((sum, one) => sum + of(one), 0);
}
