/** Drops a candidate with all that is under way for it. */
import { closeByRun } from './close-by-run.ts';
import type { OpenRun } from './run-state.ts';
import { join, type Step, step } from './step.ts';

/** @param reason A clause, such as `the time for the search was up`. */
export function giveUp(run: OpenRun, candidate: string, reason: string): Step {
  const open = Object.values(run.assignments).filter(
    (one) => one.candidate === candidate && one.stage !== 'closed',
  );
  const waitedFor = open.flatMap((one) => (one.stage === 'stopped' ? one.waits.jobs : []));
  const own = Object.values(run.jobs).flatMap((job) =>
    job.stage === 'open' && job.candidate === candidate ? [job.id] : [],
  );
  const running = [...waitedFor, ...own].filter((job) => run.jobs[job]?.stage !== 'closed');
  return join([
    ...open.map((one) => closeByRun(one, reason)),
    step(
      `${candidate} is dropped: ${reason}`,
      [{ type: 'candidate-dropped', candidate, reason }],
      running.map((job) => ({ type: 'cancel-job', job, reason })),
    ),
  ]);
}
