import type { TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from '../candidate.ts';
import type { OpenRun } from '../run-state.ts';
import { jobId } from '../submit.ts';
import { refitFits } from '../time.ts';
import { sealed } from '../winner.ts';

/** A refit may take this many times the scored training: it sees more rows on a machine that may be busier. */
const REFIT_PATIENCE = 5;
const REFIT_SECONDS_AT_LEAST = 60;

export interface WantedRefit {
  readonly id: string;
  readonly candidate: CandidateIn<'scored'>;
  readonly data: TreeRef;
  /** Time budget of the training. */
  readonly seconds: number;
}

/** The refit of the winner that is still to be submitted; null where there is none, or none any more. */
export function refitWanted(run: OpenRun, now: number): WantedRefit | null {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.choices > 0) return null;
  const { candidate, phase } = found;
  const id = refitId(run, candidate);
  if (run.jobs[id] !== undefined || reasonAgainstRefit(run, candidate, now) !== null) return null;
  const seconds = Math.round(Math.max(REFIT_SECONDS_AT_LEAST, candidate.trained.seconds * REFIT_PATIENCE));
  return { id, candidate, data: phase.data.datasets.all, seconds };
}

export const refitId = (run: OpenRun, candidate: CandidateIn<'scored'>) =>
  jobId(run, candidate.id, 'refit', 1);

export function reasonAgainstRefit(
  run: OpenRun,
  candidate: CandidateIn<'scored'>,
  now: number,
): string | null {
  const wanted = run.task?.constraints?.refit ?? 'all';
  if (wanted !== 'all') return `the task asks for refit: ${wanted}`;
  return refitFits(run, candidate.trained.seconds, now) ? null : 'no time is left for a refit';
}
