/** After the loss of a supervisor: saves what the program had saved, then claims the next attempt. */
import { CheckpointSaver } from '../../adapters/bus/checkpoint-saver.ts';
import type { JobEvent } from '../../core/job-state.ts';
import { nextAttempt } from '../../core/retry.ts';
import type { JobContext } from '../job-context.ts';
import { settledAs } from './before-start.ts';

export async function retry(context: JobContext, number: number, cause: string): Promise<JobEvent> {
  await new CheckpointSaver(context, context.folder.attempt(number)).save();
  const next = nextAttempt(context.claim.value, cause, context.me, context.clock());
  if (next.kind === 'give-up') {
    await context.seat.deadLetter(next.reason);
    return settledAs(context, 'lost', next.reason);
  }
  context.logger.warn({ reason: next.reason }, 'another attempt');
  const ours = await context.claim.update(() => next.claim);
  return ours ? { type: 'next-attempt', attempt: next.claim.attempt } : { type: 'superseded' };
}
