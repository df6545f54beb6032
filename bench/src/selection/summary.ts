/** What many searches come to. Pure. */
import type { Outcome } from './contest.ts';

export interface Mean {
  readonly mean: number;
  /** Half of a 95 % interval: normal, of independent searches. */
  readonly half: number;
}

export interface Summary {
  readonly searches: number;
  readonly regret: Mean;
  readonly worth: Mean;
  /** Geometric mean. */
  readonly cost: number;
  readonly changes: number;
  /** Share of claims that were wrong; null where nothing was claimed. */
  readonly falseClaims: number | null;
}

export function summaryOf(outcomes: readonly Outcome[]): Summary {
  const claims = sum(outcomes.map((one) => one.claims));
  return {
    searches: outcomes.length,
    regret: meanOf(outcomes.map(({ regret }) => regret)),
    worth: meanOf(outcomes.map(({ worth }) => worth)),
    cost: Math.exp(meanOf(outcomes.map(({ cost }) => Math.log(cost))).mean),
    changes: meanOf(outcomes.map(({ changes }) => changes)).mean,
    falseClaims: claims === 0 ? null : sum(outcomes.map((one) => one.falseClaims)) / claims,
  };
}

export function meanOf(values: readonly number[]): Mean {
  const mean = sum(values) / values.length;
  const square = sum(values.map((value) => (value - mean) ** 2)) / Math.max(1, values.length - 1);
  return { mean, half: 1.96 * Math.sqrt(square / values.length) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
