/**
 * The few that lead, and are not told apart by their scores, are trained and scored once more with another seed: what is
 * delivered is a recipe, and one training of it may have been lucky. What each is worth is then the mean of both.
 *
 * All improvements are over the first training of the one that was the best when this began, so that what is chosen does not
 * depend on what is the best meanwhile.
 */
import type { Comparison, PreparedData, TreeRef } from '@modelwright/contracts';
import { assignmentsOf } from './assign.ts';
import { bestOf } from './best.ts';
import { BLEND, type CandidateIn } from './candidate.ts';
import { outputOf } from './round-jobs.ts';
import type { OpenRun } from './run-state.ts';
import { deriveSeed } from './seed.ts';
import { judge } from './selection.ts';
import { standingOf } from './standing.ts';
import { jobId } from './submit.ts';
import { mustSeal } from './time.ts';
import { isEligible } from './trust.ts';

type Scored = CandidateIn<'scored'>;

const MOST_FINALISTS = 3;
/** One-sided 5 %: whoever is behind by more than so many errors is out. */
const WITHIN_ERRORS = 1.645;
/** The action of the grader's assignment. */
export const RESEED = 'reseed';

export const reseedId = (run: OpenRun, { id }: Scored) => jobId(run, id, 'reseed', 1);
export const reseedRowsId = (run: OpenRun, { id }: Scored) => jobId(run, id, 'reseed-rows', 1);
export const reseedSeed = (run: OpenRun, { id }: Scored) => deriveSeed(run.submitted.seed, `${id}-reseed`);

/** The best and those that may be as good, the best first; where there is nobody else, nobody. */
export function finalists(run: OpenRun, data: PreparedData): Scored[] {
  const best = bestOf(run);
  if (best === null) return [];
  const others = scoredOf(run)
    .filter((one) => one.id !== best.id && one.id !== BLEND && isEligible(one))
    .map((one) => ({ one, behind: behind(run, one, best, data) }))
    .filter(({ behind: errors }) => errors < WITHIN_ERRORS)
    .sort((a, b) => a.behind - b.behind)
    .slice(0, MOST_FINALISTS - 1);
  return others.length === 0 ? [] : [best, ...others.map(({ one }) => one)];
}

/** Those that are trained again, in the order of their ids. */
export function reseeding(run: OpenRun): Scored[] {
  return scoredOf(run).filter((one) => run.jobs[reseedId(run, one)] !== undefined);
}

/** Whether more is to be waited for. */
export function isReseeding(run: OpenRun, now: number): boolean {
  return !mustSeal(run, now) && reseeding(run).some((one) => !isSettled(run, one));
}

/** Of those that were trained again the one to prefer; null as long as some are under way, and where nobody was. */
export function bestReseeded(run: OpenRun, data: PreparedData): Scored | null {
  const all = reseeding(run);
  const reference = all.find(({ reseeded = [] }) => reseeded[0]?.comparison?.against !== undefined)
    ?.reseeded?.[0]?.comparison?.against;
  const eligible = all.filter(isEligible);
  const [first, ...others] = eligible;
  if (reference === undefined || first === undefined || !all.every((one) => isSettled(run, one))) return null;
  return others.reduce(
    (holder, one) => (isPreferred(run, one, holder, { reference, data }) ? one : holder),
    first,
  );
}

interface Frame {
  readonly reference: string;
  readonly data: PreparedData;
}

function isPreferred(run: OpenRun, one: Scored, other: Scored, { reference, data }: Frame): boolean {
  const [own, others] = [one, other].map((each) => gains(run, each, reference));
  const errors = [...(own ?? []), ...(others ?? [])].map(({ standardError }) => standardError);
  const comparison = {
    against: other.id,
    difference: mean(own) - mean(others),
    // The same rows twice, with two trainings: the rows' part of the error stays, the trainings' part is halved.
    standardError: median(errors),
    better: false,
  };
  return judge(standingOf(one, other, comparison, { data, queries: run.queries })).wins;
}

/** Its trainings against the reference. */
function gains(
  run: OpenRun,
  one: Scored,
  reference: string,
): Pick<Comparison, 'difference' | 'standardError'>[] {
  const again = (one.reseeded ?? []).flatMap(({ comparison }) =>
    comparison?.against === reference ? [comparison] : [],
  );
  const holder = run.candidates[reference];
  if (one.id === reference || holder?.stage !== 'scored')
    return [{ difference: 0, standardError: typicalError(run, one) }, ...again];
  return [firstComparison(run, one, holder), ...again];
}

function behind(run: OpenRun, one: Scored, best: Scored, data: PreparedData): number {
  const comparison = firstComparison(run, one, best);
  const { evidence } = judge(standingOf(one, best, comparison, { data, queries: run.queries }));
  return evidence.standardError === 0
    ? evidence.improvement < 0
      ? Number.POSITIVE_INFINITY
      : 0
    : -evidence.improvement / evidence.standardError;
}

/** As the grader made it, or by the scores where it compared the two with others. */
function firstComparison(run: OpenRun, one: Scored, other: Scored): Comparison {
  if (one.comparison?.against === other.id) return one.comparison;
  return {
    against: other.id,
    difference: one.score.value - other.score.value,
    standardError: typicalError(run, one),
    better: false,
  };
}

/** Of a difference of two candidates on the same rows, as far as any were compared. */
function typicalError(run: OpenRun, { score }: Scored): number {
  const known = scoredOf(run).flatMap(({ comparison }) => (comparison ? [comparison.standardError] : []));
  return known.length === 0 ? score.standardError : median(known);
}

/** Scored again, or not to be any more. */
function isSettled(run: OpenRun, one: Scored): boolean {
  const [trained, predicted] = [run.jobs[reseedId(run, one)], run.jobs[reseedRowsId(run, one)]];
  const failed = [trained, predicted].some((job) => job?.stage === 'closed' && outputOf(job) === null);
  return failed || assignmentsOf(run, one.id, RESEED).some(({ stage }) => stage === 'closed');
}

function scoredOf(run: OpenRun): Scored[] {
  return Object.values(run.candidates).filter((one): one is Scored => one.stage === 'scored');
}

/** What the second training left; null as long as it has not finished. */
export function reseedModel(run: OpenRun, one: Scored): TreeRef | null {
  return outputOf(run.jobs[reseedId(run, one)]);
}

function mean(all: readonly { readonly difference: number }[] = []): number {
  return all.reduce((sum, { difference }) => sum + difference, 0) / Math.max(1, all.length);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
