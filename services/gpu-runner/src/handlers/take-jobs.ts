/**
 * Takes jobs while there is room for them, one after the other.
 *
 * A lane is asked only when a job of its kind could start, so no message waits in this process but the one that is first
 * in line. What is there is taken in the order of the lanes; when nothing is, all of them are waited on at once.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type Delivery, jobsConsumer, type Streams } from '@modelwright/bus';
import { type Job, job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { keyOf, type Lane } from '../core/queue-lanes.ts';
import type { Admitted, JobAdmitter } from './admit-job.ts';
import type { DrainWatch } from './drain-watch.ts';
import type { FirstInLine } from './first-in-line.ts';
import type { JobsInHand } from './jobs-in-hand.ts';
import type { QueueGate } from './queue-gate.ts';

export interface TakingPorts {
  readonly streams: Pick<Streams, 'take'>;
  readonly inHand: JobsInHand;
  readonly gate: QueueGate;
  readonly line: FirstInLine;
  readonly admitter: JobAdmitter;
  readonly drain: DrainWatch;
  readonly logger: Logger;
  readonly leaving: AbortSignal;
}

const WAIT_MS = 10_000;
/** The first in line is looked at again so often even when nothing changed here. */
const LINE_WAIT_MS = 2_000;
const PAUSE_AFTER_FAILURE_MS = 1_000;

/** Runs until this process leaves. */
export async function takeJobs(ports: TakingPorts): Promise<void> {
  const taker = new JobTaker(ports);
  while (!ports.leaving.aborted) {
    try {
      await taker.round();
    } catch (err) {
      ports.logger.warn({ err }, 'jobs cannot be taken now');
      await delay(PAUSE_AFTER_FAILURE_MS, undefined, { signal: ports.leaving }).catch(() => undefined); // leaving ends it
    }
  }
  await ports.line.giveBack();
}

class JobTaker {
  readonly #ports: TakingPorts;
  /** Lanes whose next job cannot start before then, by the monotonic clock. */
  readonly #pausedUntil = new Map<string, number>();

  constructor(ports: TakingPorts) {
    this.#ports = ports;
  }

  /** Settles what is there, or waits for something to come or to change. */
  async round(): Promise<void> {
    const { inHand, drain, line } = this.#ports;
    const turn = new AbortController();
    // Listening before looking: what changes meanwhile ends the waiting below.
    using _changed = inHand.onChange(() => turn.abort());
    if (drain.current.kind !== 'take') {
      await line.giveBack();
      await this.#wait([], turn);
      return;
    }
    const first = await line.next();
    if (first !== null) {
      await this.#settle(first, null);
      return;
    }
    const lanes = this.#openLanes();
    if (!(await this.#takeWhatIsThere(lanes))) await this.#wait(lanes, turn);
  }

  #openLanes(): Lane[] {
    const now = performance.now();
    return this.#ports.gate.lanes().filter((lane) => (this.#pausedUntil.get(keyOf(lane)) ?? 0) <= now);
  }

  async #takeWhatIsThere(lanes: readonly Lane[]): Promise<boolean> {
    const { gate, leaving } = this.#ports;
    for (const lane of lanes) {
      const delivery = await this.#take(lane, 0, leaving);
      if (delivery !== null) {
        await this.#settle(delivery, lane);
        return true;
      }
      if (leaving.aborted) return true;
      gate.foundEmpty(lane);
    }
    return false;
  }

  /** On all lanes at once. Whichever gets something ends it for all; what two got in the same moment is all settled. */
  async #wait(lanes: readonly Lane[], turn: AbortController): Promise<void> {
    const waitMs = this.#waitMs();
    const signal = AbortSignal.any([turn.signal, this.#ports.leaving]);
    const timer = delay(waitMs, undefined, { signal }).catch(() => undefined); // woken
    const asked = lanes.map(async (lane) => {
      const delivery = await this.#take(lane, waitMs, signal);
      if (delivery !== null) turn.abort();
      return { lane, delivery };
    });
    const answers = await Promise.allSettled(asked);
    for (const answer of answers) {
      if (answer.status === 'fulfilled' && answer.value.delivery !== null) {
        await this.#settle(answer.value.delivery, answer.value.lane);
      }
    }
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    if (lanes.length === 0) await timer;
    turn.abort();
  }

  #waitMs(): number {
    const now = performance.now();
    const pauses = [...this.#pausedUntil.values()].filter((until) => until > now).map((until) => until - now);
    return Math.min(this.#ports.line.isHeld ? LINE_WAIT_MS : WAIT_MS, ...pauses);
  }

  #take(lane: Lane, waitMs: number, signal: AbortSignal): Promise<Delivery<Job> | null> {
    return this.#ports.streams.take(jobsConsumer(lane.class, lane.priority), job, waitMs, signal);
  }

  async #settle(delivery: Delivery<Job>, lane: Lane | null): Promise<void> {
    const { admitter, logger } = this.#ports;
    let admitted: Admitted = { kind: 'settled' };
    try {
      admitted = await admitter.admit(delivery, lane === null);
    } catch (err) {
      logger.warn({ err, job: delivery.body.id }, 'a job is given back');
      await delivery.nak(PAUSE_AFTER_FAILURE_MS);
    }
    if (admitted.kind === 'no-room' && lane !== null) {
      this.#pausedUntil.set(keyOf(lane), performance.now() + admitted.forMs);
    }
  }
}
