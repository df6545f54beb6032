/** What was derived from the training rows is of no use for more rows: before the refit its script is run on all of them. */
import type { TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from '../candidate.ts';
import { rungOf } from '../refit-ladder.ts';
import type { OpenRun } from '../run-state.ts';
import { jobId, programOf, submit } from '../submit.ts';
import { sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import type { Rule } from './rule.ts';

/** As where the search has derived it. */
const SEED = '0';

export type DerivedForRefit =
  | { readonly state: 'none' }
  | { readonly state: 'awaited' }
  | { readonly state: 'failed'; readonly reason: string }
  | { readonly state: 'there'; readonly tree: TreeRef };

export const deriveForRefit: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.model !== null) return null;
  const { candidate, phase } = found;
  const id = deriveId(run, candidate);
  if (candidate.trained.version.derived === undefined || run.jobs[id] !== undefined) return null;
  const rung = rungOf(run, found, now);
  if (rung.kind !== 'submit') return null;
  return submit(
    run,
    {
      id,
      candidate: candidate.id,
      purpose: 'derive',
      ...programOf(candidate.trained.version),
      command: ['python', 'derive.py'],
      data: phase.data.datasets.all,
      variables: { MW_SEED: SEED, MW_TIME_BUDGET_SECONDS: String(rung.seconds) },
      wallSeconds: rung.seconds,
      reason: `${candidate.id} derives its data from all labelled rows`,
    },
    now,
  );
};

export function derivedForRefit(run: OpenRun, candidate: CandidateIn<'scored'>): DerivedForRefit {
  if (candidate.trained.version.derived === undefined) return { state: 'none' };
  const job = run.jobs[deriveId(run, candidate)];
  if (job === undefined || job.stage === 'open') return { state: 'awaited' };
  const tree = outputOf(job);
  return tree === null
    ? { state: 'failed', reason: `derive.py ${job.end}: ${job.reason}` }
    : { state: 'there', tree };
}

const deriveId = (run: OpenRun, candidate: CandidateIn<'scored'>) => jobId(run, candidate.id, 'derive', 1);
