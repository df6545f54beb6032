/** A job has ended. Jobs of agents are closed here too: their assignments may be parked on them, now or soon. */
import type { InboxMessage } from '@modelwright/contracts';
import type { OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';

export function onJobFinished(
  run: OpenRun,
  message: Extract<InboxMessage, { type: 'job-finished' }>,
  now: number,
): Step {
  if (run.jobs[message.job]?.stage === 'closed') return NOTHING;
  return step(`job ${message.job} ${message.end}: ${message.reason}`, [
    {
      type: 'job-closed',
      job: message.job,
      end: message.end,
      reason: message.reason,
      seconds: message.wallSeconds,
      output: message.output,
      isolation: message.isolation,
      at: now,
    },
  ]);
}
