/** The process's own record in KV `workers`: written at every change and at every heartbeat, so that others see it live. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Records } from '@modelwright/bus';
import { type Worker, workerKey } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { WorkerBeacon } from './service.ts';

export const HEARTBEAT_MS = 5000;

export interface BeaconOptions {
  readonly records: Records<Worker>;
  readonly service: Worker['service'];
  readonly name: string;
  readonly version: string;
  readonly logger: Logger;
}

export class Beacon implements WorkerBeacon {
  readonly name: string;
  readonly process: string = randomUUID();
  readonly #options: BeaconOptions;
  readonly #startedAt = Date.now();
  #runner: Worker['runner'] = null;
  #state: Worker['state'] = 'ready';
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #stale = false;

  constructor(options: BeaconOptions) {
    this.#options = options;
    this.name = options.name;
  }

  /** Resolves when the record is there for all to see. */
  start(): Promise<void> {
    this.#timer = setInterval(() => this.#write(), HEARTBEAT_MS);
    this.#timer.unref();
    return this.#write();
  }

  setRunner(runner: NonNullable<Worker['runner']>): void {
    this.#runner = runner;
    if (this.#timer !== undefined) void this.#write();
  }

  draining(): Promise<void> {
    this.#state = 'draining';
    return this.#write();
  }

  gone(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#state = 'gone';
    return this.#write();
  }

  /** One write at a time; changes that come during a write are written together after it. */
  #write(): Promise<void> {
    if (this.#stale) return this.#writing;
    this.#stale = true;
    this.#writing = this.#writing.then(async () => {
      this.#stale = false;
      await this.#put();
    });
    return this.#writing;
  }

  async #put(): Promise<void> {
    const { records, service, name, version, logger } = this.#options;
    try {
      await records.put(workerKey(service, name), {
        service,
        name,
        process: this.process,
        host: hostname(),
        pid: process.pid,
        startedAt: this.#startedAt,
        beatAt: Date.now(),
        state: this.#state,
        version,
        runner: this.#runner,
      });
    } catch (error) {
      // The next heartbeat writes it again; who reads the record sees by its age that it is late.
      logger.warn({ err: error }, 'the heartbeat could not be written');
    }
  }
}
