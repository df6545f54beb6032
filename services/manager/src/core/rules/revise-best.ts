/**
 * With the portfolio judged, what is left of the budget of candidates goes into revisions of the best: where no manager model
 * decides what is begun, and where one takes so long that everything stands still.
 */
import { assign, assignmentsOf } from '../assign.ts';
import { designersBoard } from '../board.ts';
import { basicsOf } from '../brief-basics.ts';
import { isSettled } from '../candidate.ts';
import { isInCharge, isSlow } from '../manager-model.ts';
import { roomFor } from '../portfolio.ts';
import type { OpenRun } from '../run-state.ts';
import { handoverDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const reviseBest: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.best === null || now >= handoverDeadline(run)) return null;
  const room = roomFor(run);
  if (!isReady(run) || room === 0 || !mayDecide(run, now)) return null;
  return assign(
    run,
    {
      candidate: 'run',
      action: 'revise',
      work: {
        role: 'designer',
        action: 'revise',
        data: run.phase.data,
        count: isInCharge(run) ? 1 : room,
        parent: run.best.candidate,
        board: designersBoard(run, [run.best.candidate]),
        partner: null,
        guidance: null,
        ...basicsOf(run),
      },
      deadline: handoverDeadline(run),
      reason: `a designer is asked to revise ${run.best.candidate}`,
    },
    now,
  );
};

/** Everything that was begun is judged. */
function isReady(run: OpenRun): boolean {
  const designing = Object.values(run.assignments).filter((one) => one.role === 'designer');
  return (
    designing.length > 0 &&
    designing.every((one) => one.stage === 'closed') &&
    Object.values(run.candidates).every(isSettled)
  );
}

/** Once by the rules alone; beside a manager model as often as it leaves them to it. */
function mayDecide(run: OpenRun, now: number): boolean {
  const before = assignmentsOf(run, 'run', 'revise').length;
  if (run.submitted.player.kind === 'playbook') return before === 0;
  return before < run.submitted.budget.candidates && (!isInCharge(run) || isSlow(run, now));
}
