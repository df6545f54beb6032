/**
 * Takes jobs while there are slots: one loop for short jobs, one for all.
 *
 * A loop asks only when a slot is free for what it asks, so no message waits in this process.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Delivery, jobsConsumer, type Streams } from '@modelwright/bus';
import { type Job, type JobPriority, job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { JobAdmitter } from './admit-job.ts';
import type { JobsInHand } from './jobs-in-hand.ts';

export interface TakingPorts {
  readonly streams: Pick<Streams, 'take'>;
  readonly classes: readonly string[];
  readonly inHand: JobsInHand;
  readonly admitter: JobAdmitter;
  readonly logger: Logger;
  readonly leaving: AbortSignal;
}

/** Long enough for an answer of the server when something is there. */
const GLANCE_MS = 25;
const WAIT_MS = 1000;
const PAUSE_AFTER_FAILURE_MS = 1000;

/** Runs until this process leaves. */
export async function takeJobs(ports: TakingPorts): Promise<void> {
  await Promise.all([loop(ports, ['high']), loop(ports, ['high', 'normal', 'low'])]);
}

async function loop(ports: TakingPorts, priorities: readonly JobPriority[]): Promise<void> {
  const { inHand, leaving, logger } = ports;
  while (!leaving.aborted) {
    const wanted = inHand.wanted().filter((priority) => priorities.includes(priority));
    // The loop for all leaves short jobs to the other one while that has room.
    const own = priorities.length > 1 && !wanted.includes('normal') ? [] : wanted;
    if (own.length === 0) {
      await inHand.freed(leaving);
      continue;
    }
    try {
      const delivery = await next(ports, own);
      if (delivery !== null) await settle(ports, delivery);
    } catch (err) {
      logger.warn({ err }, 'jobs cannot be taken now');
      await delay(PAUSE_AFTER_FAILURE_MS, undefined, { signal: leaving }).catch(() => undefined); // leaving ends it
    }
  }
}

/** The most urgent job there is; when there is none, waits a little for an ordinary one. */
async function next(ports: TakingPorts, priorities: readonly JobPriority[]): Promise<Delivery<Job> | null> {
  const asked = priorities.flatMap((priority) => ports.classes.map((klass) => jobsConsumer(klass, priority)));
  const waitingFor = priorities.includes('normal') ? 'normal' : priorities[0];
  if (asked.length > 1) {
    for (const consumer of asked) {
      const found = await ports.streams.take(consumer, job, GLANCE_MS, ports.leaving);
      if (found !== null || ports.leaving.aborted) return found;
    }
  }
  const waits = ports.classes.map((klass) => jobsConsumer(klass, waitingFor ?? 'high'));
  for (const consumer of waits) {
    const found = await ports.streams.take(consumer, job, WAIT_MS / waits.length, ports.leaving);
    if (found !== null || ports.leaving.aborted) return found;
  }
  return null;
}

async function settle({ admitter, logger }: TakingPorts, delivery: Delivery<Job>): Promise<void> {
  try {
    await admitter.admit(delivery);
  } catch (err) {
    logger.warn({ err, job: delivery.body.id }, 'a job is given back');
    await delivery.nak(PAUSE_AFTER_FAILURE_MS);
  }
}
