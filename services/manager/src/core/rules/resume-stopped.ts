/** A stopped assignment goes on when all its jobs have ended, or its time of waiting is over. */
import type { AssignmentState } from '../run-state.ts';
import { step } from '../step.ts';
import type { Rule } from './rule.ts';

type Stopped = Extract<AssignmentState, { stage: 'stopped' }>;

export const resumeStopped: Rule = (run, now) => {
  const due = Object.values(run.assignments).find(
    (one): one is Stopped =>
      one.stage === 'stopped' &&
      (one.waits.jobs.every((job) => run.jobs[job]?.stage === 'closed') ||
        (one.waits.until !== null && one.waits.until <= now)),
  );
  if (due === undefined) return null;
  return step(
    `${due.id} goes on`,
    [{ type: 'assignment-resumed', assignment: due.id, stop: due.stops }],
    [{ type: 'resume', assignment: due.id, stop: due.stops }],
  );
};
