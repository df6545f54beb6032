import { assign, assignmentsOf } from '../assign.ts';
import { basicsOf } from '../brief-basics.ts';
import { portfolioSize } from '../portfolio.ts';
import { isPlayedByModels } from '../terms.ts';
import { beginningDeadline, handoverDeadline } from '../time.ts';
import { findingsFor } from '../told-findings.ts';
import type { Rule } from './rule.ts';

export const proposePortfolio: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.stopped !== null) return null;
  if (assignmentsOf(run, 'run', 'portfolio').length > 0) return null;
  const count = portfolioSize(run);
  const latest = handoverDeadline(run);
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
        ...findingsFor(run),
        ...basicsOf(run),
      },
      deadline: isPlayedByModels(run, 'designer') ? Math.min(latest, beginningDeadline(run, now)) : latest,
      reason: `a designer is asked for ${count} plans that differ`,
    },
    now,
  );
};
