import type { InboxMessage } from '@modelwright/contracts';
import { endRun } from '../end-run.ts';
import type { OpenRun } from '../run-state.ts';
import type { Step } from '../step.ts';

export function onCancelRequested(
  run: OpenRun,
  message: Extract<InboxMessage, { type: 'cancel-requested' }>,
  now: number,
): Step {
  return endRun(run, 'cancelled', message.reason, now);
}
