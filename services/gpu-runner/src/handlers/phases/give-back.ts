/**
 * Hands a job back to the queue: what it said and saved is stored first, then the claim is released, then its message
 * is given back. A process that dies in between leaves a message that comes again by itself.
 */
import { CheckpointSaver } from '../../adapters/bus/checkpoint-saver.ts';
import { OutputSender } from '../../adapters/bus/output-sender.ts';
import type { Counts, JobEvent } from '../../core/job-state.ts';
import { awayAfterMs, givenBack } from '../../core/retry.ts';
import type { JobContext } from '../job-context.ts';

/** @param counts Whether it was an attempt without progress. */
export async function giveBack(
  context: JobContext,
  number: number,
  counts: Counts | false,
): Promise<JobEvent> {
  const attempt = context.folder.attempt(number);
  await new OutputSender(context, attempt).sendRest();
  await new CheckpointSaver(context, attempt).save();
  // Done before, when the message could not be given back: it counts once.
  const ours = await context.claim.update((claim) =>
    claim.state === 'released' ? claim : givenBack(claim, counts),
  );
  if (!ours) return { type: 'superseded' };
  await context.seat.giveBack(awayAfterMs(number));
  return { type: 'given-back' };
}
