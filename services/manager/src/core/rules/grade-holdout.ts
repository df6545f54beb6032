import { assign, assignmentsOf } from '../assign.ts';
import { jobId } from '../submit.ts';
import { sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import type { Rule } from './rule.ts';

export const gradeHoldout: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.holdout.kind !== 'unopened') return null;
  const { candidate, phase } = found;
  const predictions = outputOf(run.jobs[jobId(run, candidate.id, 'holdout-rows', 1)]);
  if (predictions === null || assignmentsOf(run, candidate.id, 'holdout').length > 0) return null;
  return assign(
    run,
    {
      candidate: candidate.id,
      action: 'holdout',
      work: {
        role: 'grader',
        action: 'holdout',
        data: phase.data,
        predictions,
        trained: candidate.trained.output,
      },
      deadline: run.deadline,
      reason: `the holdout of ${candidate.id} is to be judged`,
    },
    now,
  );
};
