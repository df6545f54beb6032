/** Somebody gave up on a message. Where it was an assignment, that assignment has failed; otherwise it is put on record. */
import { type InboxMessage, NOTHING_SPENT } from '@modelwright/contracts';
import type { OpenRun } from '../run-state.ts';
import { join, type Step, step } from '../step.ts';
import { onAssignmentFinished } from './assignment-finished.ts';

export function onAttentionNeeded(
  run: OpenRun,
  message: Extract<InboxMessage, { type: 'attention-needed' }>,
  now: number,
): Step {
  const noted = step(`needs attention: ${message.reason}`, [
    { type: 'attention-needed', subject: message.subject, reason: message.reason },
  ]);
  if (message.assignment === null) return noted;
  const failed = onAssignmentFinished(
    run,
    {
      type: 'assignment-finished',
      run: message.run,
      assignment: message.assignment,
      spent: NOTHING_SPENT,
      notes: [],
      outcome: {
        status: 'failed',
        failure: {
          kind: 'dead-letter',
          message: message.reason,
          retryable: false,
          origin: message.subject,
          causes: [],
        },
      },
    },
    now,
  );
  return join([noted, failed]);
}
