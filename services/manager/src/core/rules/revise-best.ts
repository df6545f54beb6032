/**
 * With the portfolio judged, what is left of the budget of candidates goes into revisions of the best: where no manager model
 * decides what is begun, and where one takes so long that everything stands still. Nothing is built upon a best that is not
 * believed: then others are asked for instead.
 */
import { assign, assignmentsOf } from '../assign.ts';
import { bestOf } from '../best.ts';
import { designersBoard } from '../board.ts';
import { basicsOf } from '../brief-basics.ts';
import { isSettled } from '../candidate.ts';
import { isInCharge, isSlow } from '../manager-model.ts';
import { roomFor } from '../portfolio.ts';
import type { OpenRun } from '../run-state.ts';
import { handoverDeadline } from '../time.ts';
import { findingsFor } from '../told-findings.ts';
import { isBelieved } from '../trust.ts';
import type { Rule } from './rule.ts';

export const reviseBest: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.best === null || now >= handoverDeadline(run)) return null;
  const room = roomFor(run);
  if (!isReady(run) || room === 0 || !mayDecide(run, now)) return null;
  const parent = baseIn(run);
  const action = parent === null ? 'portfolio' : 'revise';
  return assign(
    run,
    {
      candidate: 'run',
      action,
      work: {
        role: 'designer',
        action,
        data: run.phase.data,
        count: isInCharge(run) ? 1 : room,
        parent,
        board: designersBoard(run, [run.best.candidate]),
        partner: null,
        guidance: null,
        ...findingsFor(run),
        ...basicsOf(run),
      },
      deadline: handoverDeadline(run),
      reason:
        parent === null
          ? `a designer is asked for others, since ${run.best.candidate} is not to be believed`
          : `a designer is asked to revise ${parent}`,
    },
    now,
  );
};

/** The best that may be built upon; null where none is believed. */
function baseIn(run: OpenRun): string | null {
  const best = bestOf(run);
  return best !== null && isBelieved(best) ? best.id : null;
}

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
  const anew = Math.max(0, assignmentsOf(run, 'run', 'portfolio').length - 1);
  const before = assignmentsOf(run, 'run', 'revise').length + (baseIn(run) === null ? anew : 0);
  if (run.submitted.player.kind === 'playbook') return before === 0;
  return before < run.submitted.budget.candidates && (!isInCharge(run) || isSlow(run, now));
}
