/** The search is over when every candidate is settled and no designer is at work. */
import { isSettled } from '../candidate.ts';
import { endRun } from '../end-run.ts';
import { step } from '../step.ts';
import type { Rule } from './rule.ts';

export const finishSearch: Rule = (run, now) => {
  if (run.phase.name !== 'searching') return null;
  const candidates = Object.values(run.candidates);
  const designing = Object.values(run.assignments).some(
    (one) => one.role === 'designer' && one.stage !== 'closed',
  );
  if (designing || candidates.length === 0 || !candidates.every(isSettled)) return null;
  if (run.best !== null) {
    return step('the search is over', [{ type: 'phase-entered', phase: 'aggregating', at: now }]);
  }
  const reasons = candidates.flatMap((one) => (one.stage === 'dropped' ? [`${one.id}: ${one.reason}`] : []));
  return endRun(run, 'failed', `no candidate could be scored (${reasons.join('; ')})`, now);
};
