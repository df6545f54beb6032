/**
 * The user wants what there is, or the time for choosing is up: what is under way for more is ended.
 *
 * As long as nothing is scored, the floor goes on, and so does what is trained already: there shall be something to deliver.
 */
import { assignmentsOf } from '../assign.ts';
import { BLEND, type Candidate, FLOOR, isSettled } from '../candidate.ts';
import { closeByRun } from '../close-by-run.ts';
import { giveUp } from '../give-up.ts';
import type { OpenRun } from '../run-state.ts';
import { mustSeal } from '../time.ts';
import type { Rule } from './rule.ts';

export const deliverNow: Rule = (run) => {
  if (run.phase.name !== 'searching' || run.finishing === null) return null;
  const next = Object.values(run.candidates).find((one) => !isSettled(one) && !isNeeded(run, one));
  return next === undefined ? null : giveUp(run, next.id, 'the best so far was to be delivered');
};

function isNeeded(run: OpenRun, candidate: Candidate): boolean {
  if (run.best !== null) return false;
  const floor = run.candidates[FLOOR];
  return candidate.id === FLOOR || floor === undefined || floor.stage === 'dropped' || isTrained(candidate);
}

function isTrained({ stage }: Candidate): boolean {
  return stage === 'trained' || stage === 'predicting' || stage === 'predicted' || stage === 'grading';
}

/** No blend is waited for any more. */
export const endBlending: Rule = (run, now) => {
  if (run.phase.name !== 'aggregating' || !mustSeal(run, now)) return null;
  const why = run.finishing === null ? 'the time for a blend was up' : 'the best so far was to be delivered';
  const blend = run.candidates[BLEND];
  if (blend !== undefined && !isSettled(blend)) return giveUp(run, BLEND, why);
  const open = assignmentsOf(run, BLEND, 'blend').find((one) => one.stage !== 'closed');
  return open === undefined ? null : closeByRun(open, why);
};
