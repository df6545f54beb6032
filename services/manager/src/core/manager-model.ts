/**
 * The manager model beside the rules. The rules always go on with what is begun; what is to be begun next, a manager model
 * decides where there is one: asked when a candidate is settled, one question at a time. A question that a result has overtaken
 * is put anew, once. Where its last answer failed, the rules decide until the next question.
 */
import { assignmentsOf } from './assign.ts';
import { FLOOR, isActive, isSettled, settledBesidesFloor } from './candidate.ts';
import { roomFor } from './portfolio.ts';
import type { AssignmentState, OpenRun } from './run-state.ts';
import { canAsk } from './terms.ts';

export const DECIDE = 'decide';
/** Why a question is closed that a result has overtaken. */
export const OVERTAKEN = 'there is a new result: the question is put anew';

/** With less than two under way there is nothing to gain by ending one. */
const WORTH_PRUNING = 2;
/** A decision that takes longer than this share of the run's time has lost its use. */
const MOST_SHARE = 0.1;
const MOST_AT_LEAST = 3 * 60_000;

/** Without a result it is asked after this share of the run's time, where something has changed and slots are idle. */
const ASKED_EVERY_SHARE = 0.1;
const ASKED_EVERY_AT_LEAST = 3 * 60_000;
/** With nothing under way the rules wait for its answer for so long. */
const PATIENCE_SHARE = 0.03;
const PATIENCE_AT_LEAST = 60_000;

export function isInCharge(run: OpenRun): boolean {
  return (
    run.phase.name === 'searching' &&
    run.stopped === null &&
    (isThinking(run) || (canAsk(run, 'manager') && !failedLast(run)))
  );
}

export function isThinking(run: OpenRun): boolean {
  return decisionsOf(run).some((one) => one.stage !== 'closed');
}

/** It has been thinking for so long that rules may fill in. */
export function isSlow(run: OpenRun, now: number): boolean {
  const since = run.shown?.at ?? now;
  return isThinking(run) && now - since >= patienceIdle(run);
}

/** How long the rules wait for its answer where nothing else is under way, milliseconds. */
export function patienceIdle(run: OpenRun): number {
  return shareOf(run, PATIENCE_SHARE, PATIENCE_AT_LEAST);
}

/** How long it has for an answer, milliseconds. */
export function patienceFor(run: OpenRun): number {
  return shareOf(run, MOST_SHARE, MOST_AT_LEAST);
}

/** Whether there is something new to decide on. */
export function hasNews(run: OpenRun, now: number): boolean {
  if (hasResult(run)) return true;
  const { at, changes } = run.shown ?? { at: run.startedAt, changes: 0 };
  const idle = Object.values(run.candidates).filter(isActive).length < run.slots;
  return idle && run.changes > changes && now - at >= shareOf(run, ASKED_EVERY_SHARE, ASKED_EVERY_AT_LEAST);
}

/** Something can be begun, or of several that are under way one can be ended for the others. */
export function hasChoice(run: OpenRun): boolean {
  const live = Object.values(run.candidates).filter((one) => one.id !== FLOOR && !isSettled(one));
  return roomFor(run) > 0 || live.length >= WORTH_PRUNING;
}

/**
 * The open question was put before the last result, and an answer is not about to come. Once in a row, so that some question
 * is answered.
 */
export function staleQuestion(run: OpenRun, now: number): AssignmentState | null {
  const all = decisionsOf(run);
  const open = all.find((one) => one.stage !== 'closed');
  if (open === undefined || !hasResult(run) || !isSlow(run, now)) return null;
  const before = all[all.indexOf(open) - 1];
  return before?.stage === 'closed' && before.failure === OVERTAKEN ? null : open;
}

/** Something was scored or given up since it was last asked. */
function hasResult(run: OpenRun): boolean {
  return settledBesidesFloor(run.candidates) > (run.shown?.settled ?? 0);
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
