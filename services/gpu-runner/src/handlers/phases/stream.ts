/**
 * Accompanies a running program to its end: sends its output, stores its checkpoints, and has it stopped when it is
 * cancelled, meets a stop rule, or is to be handed over.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { CheckpointSaver } from '../../adapters/bus/checkpoint-saver.ts';
import { OutputSender } from '../../adapters/bus/output-sender.ts';
import type { AttemptFolder } from '../../adapters/disk/attempt-folder.ts';
import type { Ending, JobEvent } from '../../core/job-state.ts';
import { whyElsewhere } from '../../core/retry.ts';
import { carriedOut, type StopOrder } from '../../core/stop-order.ts';
import { cancelReason, type JobContext } from '../job-context.ts';

/** Half of the second within which a value is to be seen. */
const SEND_EVERY_MS = 500;

export async function stream(context: JobContext, number: number): Promise<JobEvent> {
  const attempt = context.folder.attempt(number);
  await using _measuring = await context.care.measure(context.job.id, attempt.path);
  const over = new AbortController();
  const ruleMet = new AbortController();
  const companions = [
    regularly(SEND_EVERY_MS, over.signal, forgiving(context, sending(context, attempt, ruleMet))),
    regularly(context.checkpointMs, over.signal, forgiving(context, saving(context, attempt))),
  ];
  try {
    return await untilItEnds(context, attempt, ruleMet.signal);
  } finally {
    over.abort();
    await Promise.all(companions);
  }
}

async function untilItEnds(
  context: JobContext,
  attempt: AttemptFolder,
  ruleMet: AbortSignal,
): Promise<JobEvent> {
  const { executor, leaving, claim, cancelled, handOver } = context;
  const away = AbortSignal.any([leaving, claim.superseded]);
  const before = await attempt.stopOrder();
  // Kept by a process that may not have lived to give it; given twice, the first counts.
  if (before !== null) await executor.stop(attempt.path, before.reason, null);
  const wishes = AbortSignal.any([cancelled, ruleMet, handOver]);
  let ending = await executor.ending(attempt.path, before === null ? AbortSignal.any([away, wishes]) : away);
  if (ending === null && !away.aborted) {
    await order(context, attempt, wish(context, ruleMet));
    ending = await executor.ending(attempt.path, away);
  }
  if (ending !== null) return await endedAs(context, attempt, ending);
  return claim.superseded.aborted ? { type: 'superseded' } : { type: 'leaving' };
}

/** Who cancels a job does not want it handed over. */
function wish({ cancelled, handOver }: JobContext, ruleMet: AbortSignal): StopOrder {
  if (cancelled.aborted) return { kind: 'cancel', reason: cancelReason(cancelled) };
  if (ruleMet.aborted) return { kind: 'stop-rule', reason: String(ruleMet.reason) };
  return { kind: 'hand-over', reason: cancelReason(handOver) };
}

async function order({ executor }: JobContext, attempt: AttemptFolder, stop: StopOrder): Promise<void> {
  await attempt.keepStopOrder(stop);
  await executor.stop(attempt.path, stop.reason, null);
}

async function endedAs(context: JobContext, attempt: AttemptFolder, ending: Ending): Promise<JobEvent> {
  const stop = carriedOut(ending, await attempt.stopOrder());
  if (stop?.kind === 'hand-over') return { type: 'unplaced', cause: stop.reason };
  const elsewhere = ending.end === 'finished' ? null : await whyElsewhereNow(context, ending);
  return elsewhere === null
    ? { type: 'ended', ending }
    : { type: 'unplaced', cause: elsewhere, counts: 'fault' };
}

async function whyElsewhereNow({ care, job, claim }: JobContext, ending: Ending): Promise<string | null> {
  return whyElsewhere(ending, await care.faults(job.id), claim.value);
}

function sending(context: JobContext, attempt: AttemptFolder, ruleMet: AbortController): () => Promise<void> {
  const sender = new OutputSender(context, attempt);
  return async () => {
    const met = await sender.send();
    if (met !== null) ruleMet.abort(met);
  };
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
