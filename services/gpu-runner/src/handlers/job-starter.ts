/** Begins the life of a job in this process: its slot, its log, its ears for a cancellation. */
import type { Delivery } from '@modelwright/bus';
import type { Job } from '@modelwright/contracts';
import { bind, type Logger } from '@modelwright/telemetry';
import type { HeldClaim } from '../adapters/bus/claims.ts';
import { DeliverySeat } from '../adapters/bus/delivery-seat.ts';
import type { JobFolders } from '../adapters/disk/job-folder.ts';
import type { JobState } from '../core/job-state.ts';
import type { RunnerPorts } from './job-context.ts';
import type { JobsInHand } from './jobs-in-hand.ts';
import { listenForCancel } from './listen-for-cancel.ts';
import { liveThrough } from './live-through.ts';

export interface Beginning {
  readonly claim: HeldClaim;
  readonly from: JobState;
  /** Null for an adopted job: its message will be delivered again. */
  readonly delivery: Delivery<Job> | null;
}

export class JobStarter {
  readonly inHand: JobsInHand;
  readonly #ports: RunnerPorts;
  readonly #folders: JobFolders;
  readonly #logger: Logger;

  constructor(ports: RunnerPorts, parts: { inHand: JobsInHand; folders: JobFolders; logger: Logger }) {
    this.#ports = ports;
    this.inHand = parts.inHand;
    this.#folders = parts.folders;
    this.#logger = parts.logger;
  }

  logger(job: Job): Logger {
    return bind(this.#logger, { run: job.run, job: job.id });
  }

  /** The job must have a slot. Returns at once. */
  begin(job: Job, { claim, from, delivery }: Beginning): void {
    const seat = new DeliverySeat<Job>();
    if (delivery !== null) seat.attach(delivery);
    this.inHand.live(job.id, seat, this.#live(job, { claim, from, seat }));
  }

  async #live(job: Job, life: { claim: HeldClaim; from: JobState; seat: DeliverySeat<Job> }): Promise<void> {
    const logger = this.logger(job);
    const over = new AbortController();
    const cancelled = listenForCancel(this.#ports.control, job, { over: over.signal, logger });
    const folder = this.#folders.of(job.id);
    try {
      await liveThrough({ ...this.#ports, ...life, job, folder, logger, cancelled }, life.from);
    } catch (err) {
      // Its message stays in the queue and its folder on disk: the next delivery or start takes it up again.
      logger.error({ err }, 'a job was dropped by a fault of the runner');
    } finally {
      over.abort();
    }
  }
}
