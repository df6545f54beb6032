/** A run that cannot even finish, for want of a runner say, is ended: long after its deadline, but not never. */
import { endRun } from '../end-run.ts';
import type { Rule } from './rule.ts';

const OVERTIME_SHARE = 0.5;
const OVERTIME_AT_LEAST = 10 * 60_000;

export const endOverdue: Rule = (run, now) => {
  if (run.phase.name === 'preparing' || run.phase.name === 'searching') return null;
  const overtime = Math.max(OVERTIME_AT_LEAST, OVERTIME_SHARE * (run.deadline - run.startedAt));
  return now < run.deadline + overtime
    ? null
    : endRun(
        run,
        'failed',
        `still ${run.phase.name} long after the deadline: is a runner up? (modelwright ps)`,
        now,
      );
};
