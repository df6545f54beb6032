/**
 * A closer look at those that may win: the recipe is trained without one of the folds and predicts that fold, and is trained on
 * targets that were dealt out anew. Both cost a training, so only the best and those that may be as good are looked at so.
 */
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import { assignmentsOf } from './assign.ts';
import { bestOf } from './best.ts';
import { BLEND, type CandidateIn } from './candidate.ts';
import { finalists } from './reseeding.ts';
import { outputOf } from './round-jobs.ts';
import type { OpenRun } from './run-state.ts';
import { jobId } from './submit.ts';
import { mustSeal } from './time.ts';
import { isEligible } from './trust.ts';

type Scored = CandidateIn<'scored'>;

/** The action of the grader's assignment. */
export const AUDIT = 'audit';
/** When one is found out the next in line is looked at; not for ever. */
const MOST_AUDITED = 6;

export type AuditJob = 'fold' | 'shuffled' | 'rows';

export const auditId = (run: OpenRun, { id }: Scored, job: AuditJob) => jobId(run, id, `audit-${job}`, 1);

/** Those to be looked at that nobody has begun with. */
export function toAudit(run: OpenRun, data: PreparedData): Scored[] {
  if (data.audit === undefined && data.shuffled === undefined) return [];
  const best = bestOf(run);
  if (best === null) return [];
  const chosen = [best, ...finalists(run, data).filter(({ id }) => id !== best.id)];
  const possible = chosen.filter((one) => isEligible(one) && isRepeatable(one));
  const room = MOST_AUDITED - audited(run).length;
  return possible.filter((one) => !isBegun(run, one)).slice(0, Math.max(0, room));
}

/** Those that were begun with, in the order of their ids. */
export function audited(run: OpenRun): Scored[] {
  return Object.values(run.candidates).filter(
    (one): one is Scored => one.stage === 'scored' && isBegun(run, one),
  );
}

/** Whether more is to be waited for. */
export function isAuditing(run: OpenRun, now: number): boolean {
  return !mustSeal(run, now) && audited(run).some((one) => !isJudged(run, one));
}

export function isJudged(run: OpenRun, one: Scored): boolean {
  return assignmentsOf(run, one.id, AUDIT).some(({ stage }) => stage === 'closed');
}

export interface AuditOutcome {
  /** Predictions of the fold; null where the training or the prediction failed, or was not made. */
  readonly fold: TreeRef | null;
  readonly shuffled: TreeRef | null;
}

/** Null as long as something of it is under way, or is to be begun. */
export function auditOutcome(run: OpenRun, one: Scored): AuditOutcome | null {
  const [fold, shuffled, rows] = (['fold', 'shuffled', 'rows'] as const).map(
    (job) => run.jobs[auditId(run, one, job)],
  );
  if ([fold, shuffled, rows].some((job) => job?.stage === 'open')) return null;
  if (outputOf(fold) !== null && rows === undefined) return null;
  return { fold: outputOf(rows), shuffled: outputOf(shuffled) };
}

/** What is derived from the training data knows all of its labels: a training on less would need it made anew. */
function isRepeatable({ id, trained }: Scored): boolean {
  return id !== BLEND && trained.version.derived === undefined;
}

function isBegun(run: OpenRun, one: Scored): boolean {
  return (['fold', 'shuffled'] as const).some((job) => run.jobs[auditId(run, one, job)] !== undefined);
}
