import { assign, assignmentsOf } from '../assign.ts';
import { basicsOf } from '../brief-basics.ts';
import { portfolioSize } from '../portfolio.ts';
import { handoverDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const proposePortfolio: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.stopped !== null) return null;
  if (assignmentsOf(run, 'run', 'portfolio').length > 0) return null;
  const count = portfolioSize(run);
  return assign(
    run,
    {
      candidate: 'run',
      action: 'portfolio',
      work: {
        role: 'designer',
        action: 'portfolio',
        data: run.phase.data,
        count,
        parent: null,
        partner: null,
        board: [],
        guidance: null,
        ...basicsOf(run),
      },
      deadline: handoverDeadline(run),
      reason: `a designer is asked for ${count} plans that differ`,
    },
    now,
  );
};
