/** A manager model is asked what to begin next. */
import { assign, assignmentsOf } from '../assign.ts';
import { insightsOf } from '../brief-basics.ts';
import { managerBoard } from '../manager-board.ts';
import { DECIDE, hasChoice, hasNews, isThinking } from '../manager-model.ts';
import { roomFor } from '../portfolio.ts';
import { isPlayedByModels } from '../terms.ts';
import { handoverDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

/** A decision that takes longer than this share of the run's time has lost its use. */
const MOST_SHARE = 0.1;
const MOST_AT_LEAST = 3 * 60_000;

export const askManager: Rule = (run, now) => {
  if (run.phase.name !== 'searching' || run.stopped !== null || run.ledger.paused) return null;
  if (!isPlayedByModels(run, 'manager') || now >= handoverDeadline(run)) return null;
  const portfolio = assignmentsOf(run, 'run', 'portfolio');
  if (portfolio.length === 0 || portfolio.some((one) => one.stage !== 'closed')) return null;
  if (isThinking(run) || !hasNews(run, now) || !hasChoice(run)) return null;
  const patience = Math.max(MOST_AT_LEAST, MOST_SHARE * (run.deadline - run.startedAt));
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
      deadline: Math.min(handoverDeadline(run), Math.round(now + patience)),
      reason: 'the manager model is asked what to do next',
    },
    now,
  );
};
