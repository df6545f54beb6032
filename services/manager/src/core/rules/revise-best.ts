/** With the portfolio judged, what is left of the budget of candidates goes into revisions of the best. */
import { assign, assignmentsOf } from '../assign.ts';
import { board } from '../board.ts';
import { isSettled } from '../candidate.ts';
import { plannedBesidesFloor } from '../portfolio.ts';
import { handoverDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const reviseBest: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.best === null || now >= handoverDeadline(run)) return null;
  const portfolio = assignmentsOf(run, 'run', 'portfolio')[0];
  const room = run.submitted.budget.candidates - plannedBesidesFloor(run);
  const ready = portfolio?.stage === 'closed' && Object.values(run.candidates).every(isSettled);
  if (!ready || room <= 0 || assignmentsOf(run, 'run', 'revise').length > 0) return null;
  return assign(
    run,
    {
      candidate: 'run',
      action: 'revise',
      work: {
        role: 'designer',
        action: 'revise',
        data: run.phase.data,
        count: room,
        parent: run.best.candidate,
        board: board(run),
        partner: null,
        guidance: null,
        insights: [],
        constraints: run.task?.constraints,
      },
      deadline: handoverDeadline(run),
      reason: `a designer is asked to revise ${run.best.candidate}`,
    },
    now,
  );
};
