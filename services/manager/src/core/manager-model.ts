/**
 * The manager model beside the rules. The rules always go on with what is begun; what is to be begun next, a manager model
 * decides where there is one: asked when a candidate is settled, one question at a time. Where its last answer failed, the
 * rules decide until the next question.
 */
import { assignmentsOf } from './assign.ts';
import { isSettled, settledBesidesFloor } from './candidate.ts';
import { roomFor } from './portfolio.ts';
import type { OpenRun } from './run-state.ts';
import { isPlayedByModels } from './terms.ts';

export const DECIDE = 'decide';

/** Without a settled candidate it is asked after this share of the run's time, where something has changed. */
const ASKED_EVERY_SHARE = 0.1;
const ASKED_EVERY_AT_LEAST = 3 * 60_000;
/** With nothing under way the rules wait for its answer for so long. */
const PATIENCE_SHARE = 0.03;
const PATIENCE_AT_LEAST = 60_000;

export function isInCharge(run: OpenRun): boolean {
  return (
    run.phase.name === 'searching' &&
    run.stopped === null &&
    !run.ledger.paused &&
    isPlayedByModels(run, 'manager') &&
    !failedLast(run)
  );
}

export function isThinking(run: OpenRun): boolean {
  return decisionsOf(run).some((one) => one.stage !== 'closed');
}

/** It has been thinking for so long that rules may fill in. */
export function isSlow(run: OpenRun, now: number): boolean {
  const since = run.shown?.at ?? now;
  return isThinking(run) && now - since >= shareOf(run, PATIENCE_SHARE, PATIENCE_AT_LEAST);
}

/** Whether there is something new to decide on. */
export function hasNews(run: OpenRun, now: number): boolean {
  const { at, settled, changes } = run.shown ?? { at: run.startedAt, settled: 0, changes: 0 };
  if (settledBesidesFloor(run.candidates) > settled) return true;
  return run.changes > changes && now - at >= shareOf(run, ASKED_EVERY_SHARE, ASKED_EVERY_AT_LEAST);
}

/** Something can be begun, or something that is under way can be ended. */
export function hasChoice(run: OpenRun): boolean {
  return roomFor(run) > 0 || Object.values(run.candidates).some((one) => !isSettled(one));
}

function failedLast(run: OpenRun): boolean {
  const last = decisionsOf(run).findLast((one) => one.stage === 'closed');
  return !isThinking(run) && last?.stage === 'closed' && last.failure !== null;
}

function decisionsOf(run: OpenRun) {
  return assignmentsOf(run, 'run', DECIDE);
}

function shareOf({ deadline, startedAt }: OpenRun, share: number, atLeast: number): number {
  return Math.max(atLeast, share * (deadline - startedAt));
}
