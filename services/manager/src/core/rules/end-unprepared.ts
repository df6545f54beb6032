import { endRun } from '../end-run.ts';
import type { Rule } from './rule.ts';

export const endUnprepared: Rule = (run, now) =>
  run.phase.name === 'preparing' && now >= run.deadline
    ? endRun(
        run,
        'failed',
        'preparing the data took all the time of the run; give it more with --budget-minutes',
        now,
      )
    : null;
