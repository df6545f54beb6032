/** How much training for closer looks at those that may win is ordered and not done. */
import type { OpenRun } from './run-state.ts';

/** Trainings on less, and with another seed. */
const CLOSER_LOOKS: ReadonlySet<string> = new Set(['audit', 'train']);

/** Seconds of one slot, by what the same training took during the search. */
export function orderedSeconds(run: OpenRun): number {
  return Object.values(run.jobs).reduce((sum, job) => {
    if (job.stage !== 'open' || !CLOSER_LOOKS.has(job.purpose)) return sum;
    const candidate = run.candidates[job.candidate];
    return candidate?.stage === 'scored' ? sum + candidate.trained.seconds : sum;
  }, 0);
}
