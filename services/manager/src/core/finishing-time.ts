/**
 * How long finishing takes, from what the run itself has measured: training, inference, grading, and what everything waits
 * before it begins. Seconds.
 */
import type { CandidateIn } from './candidate.ts';
import type { JobState, OpenRun } from './run-state.ts';

/** All that is estimated is multiplied by it, for what cannot be foreseen. */
export const MARGIN = 1.3;

/** Which training makes the model to deliver: the whole recipe, its last fit alone, or none besides the scored one. */
export type RefitMode = 'full' | 'final' | 'none';

/** A fresh environment, from wheels that the host has. */
const ENVIRONMENT_SECONDS = 20;
const PACKAGE_SECONDS = 5;
/** Until something was measured. */
const WAIT_SECONDS = 2;
const INFERENCE_SECONDS = 3;
const GRADING_SECONDS = 3;
/** They have slots of their own; trainings wait for one another. */
const SHORT: ReadonlySet<string> = new Set(['infer', 'verify']);
const TRAININGS: ReadonlySet<string> = new Set(['round', 'audit', 'train', 'refit', 'derive']);
const UPPER_QUARTILE = 0.75;
/** Rounds and audits are ordered many at once: what all but the first waits is for one another, as no refit does. */
const SHORTEST = 0;
/** Of a training the last fit on all rows, where the rest is cross-validation. Programs may pay no heed: no less than half. */
const FINAL_SHARE = 0.5;
/** Labelled rows over training rows are taken for no more. */
const MOST_GROWTH = 4;

type Scored = CandidateIn<'scored'>;
type Closed = Extract<JobState, { stage: 'closed' }>;

/** From the choice of the model to the end: it predicts, is compared and packaged, and the deliverable is proved. */
export function proofSeconds(run: OpenRun, candidate: Scored): number {
  const grading = gradingSeconds(run);
  const wait = waitSeconds(run, SHORT);
  const record = wait + inferenceSeconds(run, candidate);
  // The proof rows, and then the test rows.
  const verify = wait + ENVIRONMENT_SECONDS + 2 * inferenceSeconds(run, candidate);
  return record + verify + 2 * grading + PACKAGE_SECONDS;
}

/** Of making the model that is delivered. */
export function refitSeconds(run: OpenRun, candidate: Scored, mode: RefitMode): number {
  if (mode === 'none') return 0;
  const { version } = candidate.trained;
  const seconds = trainingSeconds(run, candidate);
  const training = seconds * growthOf(run) * (mode === 'final' ? FINAL_SHARE : 1);
  const wait = waitSeconds(run, TRAININGS, SHORTEST);
  const deriving = version.derived === undefined ? 0 : seconds * growthOf(run) + wait;
  return wait + training + deriving;
}

export function finishingSeconds(run: OpenRun, candidate: Scored, mode: RefitMode): number {
  return refitSeconds(run, candidate, mode) + proofSeconds(run, candidate);
}

/** A blend was only put together: to train it is to train all of its members. */
function trainingSeconds(run: OpenRun, { trained, members = [] }: Scored): number {
  const each = members.map((id) => {
    const member = run.candidates[id];
    return member?.stage === 'scored' ? member.trained.seconds : 0;
  });
  return each.reduce((sum, one) => sum + one, trained.seconds);
}

/** So many rows more the refit sees. */
function growthOf({ phase }: OpenRun): number {
  if (phase.name === 'preparing') return 1;
  const { data } = phase;
  const { train, score, holdout } = data.rows;
  const apart = data.rounds === undefined ? score : 0;
  return Math.min(MOST_GROWTH, (train + apart + holdout) / Math.max(1, train));
}

/** Longest inference of the candidate so far. */
export function inferenceSeconds(run: OpenRun, { id }: Scored): number {
  const own = closedJobs(run).filter(
    ({ ordered }) => ordered?.purpose === 'infer' && ordered.candidate === id,
  );
  return Math.max(INFERENCE_SECONDS, ...own.map(({ seconds }) => seconds));
}

/**
 * How long jobs of a kind have waited before they began, or for their end to be known: the share `quantile` waited no
 * longer. The longest waits are those behind other trainings of the run, of which there are none any more when it finishes.
 */
function waitSeconds(run: OpenRun, purposes: ReadonlySet<string>, quantile = UPPER_QUARTILE): number {
  const waits = closedJobs(run)
    .flatMap(({ took, seconds, ordered }) =>
      took === null || ordered === null || !purposes.has(ordered.purpose) ? [] : [took - seconds],
    )
    .toSorted((a, b) => a - b);
  return Math.max(WAIT_SECONDS, waits[Math.floor((waits.length - 1) * quantile)] ?? 0);
}

function gradingSeconds(run: OpenRun): number {
  const took = Object.values(run.assignments).flatMap((one) =>
    one.role === 'grader' && one.stage === 'closed' && one.took !== null ? [one.took] : [],
  );
  return Math.max(GRADING_SECONDS, ...took);
}

function closedJobs(run: OpenRun): Closed[] {
  return Object.values(run.jobs).filter((job): job is Closed => job.stage === 'closed');
}
