/** Somebody gave up on a message. Where it was an assignment, that assignment has failed; otherwise it is put on record. */
import type { Failure, InboxMessage } from '@modelwright/contracts';
import { closeByRun } from '../close-by-run.ts';
import { inTurn } from '../in-turn.ts';
import type { OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';
import { failedThen } from './failed-then.ts';

const DEAD_LETTER = 'dead-letter';

export function onAttentionNeeded(
  run: OpenRun,
  { subject, reason, assignment: id }: Extract<InboxMessage, { type: 'attention-needed' }>,
  now: number,
): Step {
  const noted = step(`needs attention: ${reason}`, [{ type: 'attention-needed', subject, reason }]);
  const assignment = id === null ? undefined : run.assignments[id];
  if (assignment === undefined || assignment.stage === 'closed') return noted;
  const failure: Failure = {
    kind: DEAD_LETTER,
    message: reason,
    retryable: false,
    origin: subject,
    causes: [],
  };
  return inTurn(run, [
    () => noted,
    () => closeByRun(assignment, reason, DEAD_LETTER),
    ...failedThen(assignment, failure, now),
  ]);
}
