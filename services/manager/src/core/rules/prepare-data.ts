import { assign } from '../assign.ts';
import type { Rule } from './rule.ts';

export const prepareData: Rule = (run, now) => {
  if (run.phase.name !== 'preparing' || Object.keys(run.assignments).length > 0) return null;
  const { task, source, seed } = run.submitted;
  return assign(
    run,
    {
      candidate: 'run',
      action: 'setup',
      work: { role: 'setup', task, source, seed },
      deadline: run.deadline,
      reason: 'the data is to be prepared',
    },
    now,
  );
};
