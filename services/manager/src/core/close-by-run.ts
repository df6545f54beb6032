/**
 * Closes assignments without their final message: what they may spend until it comes is charged in full. Whoever works on
 * one is told to end it, so that what it has truly spent becomes known soon; one that nobody works on, because it waits, is
 * sent again for that.
 */
import type { RunEffect } from './log.ts';
import type { AssignmentState, OpenRun } from './run-state.ts';
import { join, type Step, step } from './step.ts';

export const CLOSED_BY_RUN = 'closed-by-run';

export function closeByRun(assignment: AssignmentState, why: string, kind: string = CLOSED_BY_RUN): Step {
  const { id, player, grant } = assignment;
  const paid = player?.kind === 'models';
  return step(
    '',
    [
      {
        type: 'assignment-closed',
        assignment: id,
        spent: { turns: 0, microUsd: paid ? (grant?.microUsd ?? 0) : 0, byModel: {} },
        failure: why,
        kind,
        ...(paid ? { provisional: true } : {}),
      },
    ],
    ending(assignment, why),
  );
}

function ending(assignment: AssignmentState, reason: string): RunEffect[] {
  const { id } = assignment;
  const cancel: RunEffect = { type: 'cancel-assignment', assignment: id, reason };
  return assignment.stage === 'stopped'
    ? [cancel, { type: 'resume', assignment: id, stop: assignment.stops }]
    : [cancel];
}

/** All that language models still work on. */
export function closePaid(run: OpenRun, why: string): Step {
  const open = Object.values(run.assignments).filter(
    (one) => one.stage !== 'closed' && one.player?.kind === 'models',
  );
  return join(open.map((one) => closeByRun(one, why)));
}

/** All who think about what comes next, once nothing more is begun. */
export function closeThinkers(run: OpenRun, why: string): Step {
  const open = Object.values(run.assignments).filter(
    ({ role, stage }) => (role === 'designer' || role === 'manager') && stage !== 'closed',
  );
  return join(open.map((one) => closeByRun(one, why)));
}
