/** Accompanies a running program to its end: sends its output, stores its checkpoints, passes a cancellation on. */
import { setTimeout as delay } from 'node:timers/promises';
import { CheckpointSaver } from '../../adapters/bus/checkpoint-saver.ts';
import { OutputSender } from '../../adapters/bus/output-sender.ts';
import type { AttemptFolder } from '../../adapters/disk/attempt-folder.ts';
import type { JobEvent } from '../../core/job-state.ts';
import { cancelReason, type JobContext } from '../job-context.ts';

const SEND_EVERY_MS = 500;
/** 2,000 lines a second of each stream. */
const LINES_EACH_TIME = 1000;

export async function stream(context: JobContext, number: number): Promise<JobEvent> {
  const attempt = context.folder.attempt(number);
  const over = new AbortController();
  const companions = [
    regularly(SEND_EVERY_MS, over.signal, forgiving(context, sending(context, attempt))),
    regularly(context.checkpointMs, over.signal, forgiving(context, saving(context, attempt))),
  ];
  try {
    return await untilItEnds(context, attempt);
  } finally {
    over.abort();
    await Promise.all(companions);
  }
}

async function untilItEnds(context: JobContext, attempt: AttemptFolder): Promise<JobEvent> {
  const { executor, leaving, claim, cancelled } = context;
  const disturbed = AbortSignal.any([leaving, claim.superseded, cancelled]);
  let ending = await executor.ending(attempt.path, disturbed);
  if (ending === null && cancelled.aborted) {
    await executor.stop(attempt.path, cancelReason(cancelled), null);
    ending = await executor.ending(attempt.path, AbortSignal.any([leaving, claim.superseded]));
  }
  if (ending !== null) return { type: 'ended', ending };
  return claim.superseded.aborted ? { type: 'superseded' } : { type: 'leaving' };
}

function sending(context: JobContext, attempt: AttemptFolder): () => Promise<void> {
  const sender = new OutputSender(context.streams, context.job, attempt);
  return () => sender.send(LINES_EACH_TIME);
}

function saving(context: JobContext, attempt: AttemptFolder): () => Promise<void> {
  const saver = new CheckpointSaver(context, attempt);
  return async () => {
    await saver.save();
    await context.claim.confirm();
  };
}

/**
 * A failure costs one turn, not the training. What was not sent or stored is tried again at the next turn, and once more
 * at the end of the job, where failures count.
 */
function forgiving({ logger }: JobContext, turn: () => Promise<void>): () => Promise<void> {
  return () => turn().catch((err: unknown) => logger.warn({ err }, 'output or checkpoint not stored now'));
}

/** Repeats until the signal. */
async function regularly(everyMs: number, signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    await delay(everyMs, undefined, { signal }).catch(() => undefined); // woken by the end
    if (!signal.aborted) await turn();
  }
}
