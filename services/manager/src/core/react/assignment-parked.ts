import type { InboxMessage } from '@modelwright/contracts';
import type { OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';

export function onAssignmentParked(
  run: OpenRun,
  message: Extract<InboxMessage, { type: 'assignment-parked' }>,
): Step {
  const assignment = run.assignments[message.assignment];
  if (assignment === undefined || assignment.stage === 'closed' || message.stop <= assignment.stops)
    return NOTHING;
  return step(`${message.assignment} waits for ${message.condition.jobs.join(', ')}`, [
    {
      type: 'assignment-stopped',
      assignment: message.assignment,
      stop: message.stop,
      condition: message.condition,
    },
  ]);
}
