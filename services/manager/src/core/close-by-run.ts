/** Closes assignments without their final message: what they may spend until it comes is charged in full. */
import type { AssignmentState, OpenRun } from './run-state.ts';
import { join, type Step, step } from './step.ts';

export const CLOSED_BY_RUN = 'closed-by-run';

export function closeByRun(assignment: AssignmentState, why: string, kind: string = CLOSED_BY_RUN): Step {
  const { id, player, grant } = assignment;
  const paid = player?.kind === 'models';
  return step('', [
    {
      type: 'assignment-closed',
      assignment: id,
      spent: { turns: 0, microUsd: paid ? (grant?.microUsd ?? 0) : 0, byModel: {} },
      failure: why,
      kind,
      ...(paid ? { provisional: true } : {}),
    },
  ]);
}

/** All that language models still work on. */
export function closePaid(run: OpenRun, why: string): Step {
  const open = Object.values(run.assignments).filter(
    (one) => one.stage !== 'closed' && one.player?.kind === 'models',
  );
  return join(open.map((one) => closeByRun(one, why)));
}
