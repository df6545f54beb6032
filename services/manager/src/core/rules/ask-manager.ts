/** A manager model is asked what to begin next. A question that a result has overtaken is closed, and put anew. */
import { assign, assignmentsOf } from '../assign.ts';
import { insightsOf } from '../brief-basics.ts';
import { closeByRun } from '../close-by-run.ts';
import { managerBoard } from '../manager-board.ts';
import {
  DECIDE,
  hasChoice,
  hasNews,
  isThinking,
  OVERTAKEN,
  patienceFor,
  staleQuestion,
} from '../manager-model.ts';
import { roomFor } from '../portfolio.ts';
import type { OpenRun } from '../run-state.ts';
import { join, type Step } from '../step.ts';
import { canAsk } from '../terms.ts';
import { handoverDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const askManager: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.stopped !== null) return null;
  if (!canAsk(run, 'manager') || now >= handoverDeadline(run)) return null;
  const portfolio = assignmentsOf(run, 'run', 'portfolio');
  if (portfolio.length === 0 || portfolio.some((one) => one.stage !== 'closed')) return null;
  const stale = staleQuestion(run, now);
  if ((isThinking(run) && stale === null) || !hasNews(run, now) || !hasChoice(run)) return null;
  const asked = question(run, now);
  return asked === null || stale === null ? asked : join([closeByRun(stale, OVERTAKEN), asked]);
};

function question(run: OpenRun, now: number): Step | null {
  if (run.phase.name !== 'searching') return null;
  return assign(
    run,
    {
      candidate: 'run',
      action: DECIDE,
      work: {
        role: 'manager',
        action: DECIDE,
        data: run.phase.data,
        board: managerBoard(run, now),
        room: roomFor(run),
        insights: insightsOf(run),
      },
      deadline: Math.min(handoverDeadline(run), Math.round(now + patienceFor(run))),
      reason: 'the manager model is asked what to do next',
    },
    now,
  );
}
