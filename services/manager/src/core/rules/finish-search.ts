/** The search is over when every candidate is settled and nobody is at work on what comes next. */
import { isSettled } from '../candidate.ts';
import { closeThinkers } from '../close-by-run.ts';
import { endRun } from '../end-run.ts';
import { isInCharge, isThinking } from '../manager-model.ts';
import { roomFor } from '../portfolio.ts';
import type { OpenRun } from '../run-state.ts';
import { join, step } from '../step.ts';
import { searchDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const finishSearch: Rule = (run, now) => {
  if (run.phase.name !== 'searching') return null;
  const candidates = Object.values(run.candidates);
  if (candidates.length === 0 || !candidates.every(isSettled) || isMoreToCome(run, now)) return null;
  if (run.best !== null) {
    const over = step('the search is over', [{ type: 'phase-entered', phase: 'aggregating', at: now }]);
    return join([closeThinkers(run, 'the search is over'), over]);
  }
  const reasons = candidates.flatMap((one) => (one.stage === 'dropped' ? [`${one.id}: ${one.reason}`] : []));
  return endRun(run, 'failed', `no candidate could be scored (${reasons.join('; ')})`, now);
};

function isMoreToCome(run: OpenRun, now: number): boolean {
  if (run.stopped !== null) return false;
  const designing = Object.values(run.assignments).some(
    (one) => one.role === 'designer' && one.stage !== 'closed',
  );
  if (designing || roomFor(run) === 0) return designing;
  if (run.ledger.paused) return now < searchDeadline(run);
  return isInCharge(run) && isThinking(run);
}
