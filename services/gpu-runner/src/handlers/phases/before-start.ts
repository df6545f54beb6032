/** How a job is settled before its program was started. */
import { once } from 'node:events';
import { PermanentFailure } from '@modelwright/bus';
import { GitFailure, WorkspaceRefusal } from '@modelwright/workspace';
import { endingWithoutProgram } from '../../core/ending.ts';
import type { JobEvent } from '../../core/job-state.ts';
import { cancelReason, type JobContext } from '../job-context.ts';

export function settledAs(
  { clock }: Pick<JobContext, 'clock'>,
  end: 'cancelled' | 'refused' | 'lost',
  reason: string,
): JobEvent {
  return { type: 'settled', ending: endingWithoutProgram(end, reason, clock()) };
}

/** Null when it was not cancelled. */
export function cancelledBeforeStart(context: Pick<JobContext, 'cancelled' | 'clock'>): JobEvent | null {
  return context.cancelled.aborted ? settledAs(context, 'cancelled', cancelReason(context.cancelled)) : null;
}

/**
 * As soon as the job is not to go on here: cancelled, handed over, or left to the next process. Rejects once `over`: two of
 * these signals live as long as the process, and would keep a listener of every job there ever was.
 */
export async function disturbed(
  context: Pick<JobContext, 'cancelled' | 'handOver' | 'leaving' | 'clock'>,
  over: AbortSignal,
): Promise<JobEvent> {
  const { cancelled, handOver, leaving } = context;
  const signal = AbortSignal.any([cancelled, handOver, leaving]);
  if (!signal.aborted) await once(signal, 'abort', { signal: over });
  const settled = cancelledBeforeStart(context);
  if (settled !== null) return settled;
  return handOver.aborted ? { type: 'unplaced', cause: cancelReason(handOver) } : { type: 'leaving' };
}

/** What is wrong with the job itself is its result; what is wrong with the bus or this runner is thrown. */
export async function orRefused(context: JobContext, doing: () => Promise<JobEvent>): Promise<JobEvent> {
  try {
    return await doing();
  } catch (error) {
    const refusal = [PermanentFailure, WorkspaceRefusal, GitFailure].some((kind) => error instanceof kind);
    if (error instanceof Error && refusal) return settledAs(context, 'refused', error.message);
    throw error;
  }
}
