/** One search, seen by a rule of selection: candidates come one after another, and each may take the place of the best. */
import { type Evidence, judge, type SelectionRule } from '@modelwright/manager/selection';

export interface Runner {
  /** What it is truly worth, the more the better: never seen by a rule. */
  readonly worth: number;
  readonly cost: number;
}

/** What is measured of one against another: on hidden rows, and out of fold. */
export interface Measured {
  readonly hidden: Evidence;
  readonly oof: Evidence;
}

export interface Search<R extends Runner> {
  readonly size: number;
  /** The next candidate, which may build on the best so far. */
  next(best: R | null): R;
  compare(one: R, other: R): Measured;
  /** The same after another training of both; null where there is none. */
  again(one: R, other: R): Measured | null;
}

export interface Way {
  readonly name: string;
  readonly rule: SelectionRule;
  /** Whether those that lead are trained again with another seed. */
  readonly reseeds: boolean;
  /** Only what is said of themselves counts. */
  readonly believesOof?: boolean;
}

export interface Outcome {
  /** The best available less the chosen one. */
  readonly regret: number;
  readonly worth: number;
  readonly cost: number;
  readonly changes: number;
  /** How often the chosen one was called better past noise, and how often that was wrong. */
  readonly claims: number;
  readonly falseClaims: number;
}

const FINALISTS = 3;
const WITHIN_ERRORS = 1.645;

export function run<R extends Runner>(search: Search<R>, way: Way): Outcome {
  const all: R[] = [];
  let best: R | null = null;
  const counts = { changes: 0, claims: 0, falseClaims: 0 };
  for (let n = 0; n < search.size; n += 1) {
    const next = search.next(best);
    all.push(next);
    if (best === null) {
      best = next;
      continue;
    }
    const measured = search.compare(next, best);
    if (measured.hidden.improvement > claimErrors(n + 1) * measured.hidden.standardError) {
      counts.claims += 1;
      counts.falseClaims += Number(next.worth < best.worth);
    }
    if (!wins(way, measured, next.cost / best.cost, n + 1)) continue;
    best = next;
    counts.changes += 1;
  }
  if (best === null) throw new RangeError('a search without candidates');
  const chosen = way.reseeds ? reseeded(search, all, best, way) : best;
  const available = Math.max(...all.map(({ worth }) => worth));
  return { regret: available - chosen.worth, worth: chosen.worth, cost: chosen.cost, ...counts };
}

function wins(way: Way, { hidden, oof }: Measured, costRatio: number, queries: number): boolean {
  const seen = way.believesOof === true ? { hidden: oof, oof: null } : { hidden, oof };
  return judge({ ...seen, costRatio, queries }, way.rule).wins;
}

/** The mean of two trainings decides among the few that lead within noise. */
function reseeded<R extends Runner>(search: Search<R>, all: readonly R[], best: R, way: Way): R {
  const behind = (one: R) => {
    const { hidden, oof } = search.compare(one, best);
    const { evidence } = judge({ hidden, oof, costRatio: 1, queries: all.length }, way.rule);
    return -evidence.improvement / evidence.standardError;
  };
  const others = all
    .filter((one) => one !== best)
    .map((one) => ({ one, errors: behind(one) }))
    .filter(({ errors }) => errors < WITHIN_ERRORS)
    .sort((a, b) => a.errors - b.errors)
    .slice(0, FINALISTS - 1);
  return others.reduce((holder, { one }) => {
    const second = search.again(one, holder);
    if (second === null) return holder;
    const first = search.compare(one, holder);
    const hidden = {
      improvement: (first.hidden.improvement + second.hidden.improvement) / 2,
      standardError: first.hidden.standardError,
    };
    return wins(way, { hidden, oof: first.oof }, one.cost / holder.cost, all.length) ? one : holder;
  }, best);
}

/** One-sided 5 %, shared among all questions: the harness's gate for calling something better. */
export function claimErrors(queries: number): number {
  return normalQuantile(1 - 0.05 / queries);
}

/** Of the standard normal distribution, for p from 0.5 to 1: Abramowitz & Stegun 26.2.23, absolute error below 4.5e-4. */
export function normalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(1 - p));
  return (
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
}
