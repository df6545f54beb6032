import { assign } from '../assign.ts';
import { isPlayedByModels } from '../terms.ts';
import { beginningDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const prepareData: Rule = (run, now) => {
  if (run.phase.name !== 'preparing' || Object.keys(run.assignments).length > 0) return null;
  const { task, source, seed } = run.submitted;
  const reasons = task === null && isPlayedByModels(run, 'setup');
  return assign(
    run,
    {
      candidate: 'run',
      action: 'setup',
      work: { role: 'setup', task, source, seed },
      deadline: reasons ? Math.min(run.deadline, beginningDeadline(run, now)) : run.deadline,
      reason: 'the data is to be prepared',
    },
    now,
  );
};
