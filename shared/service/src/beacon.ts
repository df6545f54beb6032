/**
 * This process's record in KV `workers`: written at the start, at every heartbeat, soon after a change, and with `gone`
 * at the end. Who sees no heartbeat for a while takes the process for lost.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Records } from '@modelwright/bus';
import { type Worker, workerKey } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { WorkerBeacon } from './service.ts';
import { SERVICE_VERSION } from './version.ts';

export const HEARTBEAT_MS = 5_000;
/** Changes that come together are written together. */
const GATHER_MS = 100;

type State = Worker['state'];

export class Beacon implements WorkerBeacon {
  readonly name: string;
  readonly process = randomBytes(6).toString('hex');
  readonly #service: Worker['service'];
  readonly #records: Pick<Records<Worker>, 'put'>;
  readonly #logger: Logger;
  readonly #startedAt = Date.now();
  #state: State = 'ready';
  #runner: Worker['runner'] = null;
  #changed = Promise.withResolvers<void>();
  #beating: Promise<void> | null = null;

  constructor(
    who: { readonly service: Worker['service']; readonly name: string },
    records: Pick<Records<Worker>, 'put'>,
    logger: Logger,
  ) {
    this.name = who.name;
    this.#service = who.service;
    this.#records = records;
    this.#logger = logger;
  }

  setRunner(runner: NonNullable<Worker['runner']>): void {
    this.#runner = runner;
    this.#changed.resolve();
  }

  /** Writes the record, and goes on doing so until `gone`. */
  begin(): void {
    this.#beating ??= this.#beat();
  }

  draining(): void {
    this.#state = 'draining';
    this.#changed.resolve();
  }

  async gone(): Promise<void> {
    this.#state = 'gone';
    this.#changed.resolve();
    await this.#beating;
  }

  async #beat(): Promise<void> {
    for (;;) {
      const state = this.#state;
      this.#changed = Promise.withResolvers();
      await this.#write();
      if (state === 'gone') return;
      // A change during the write is in the state already, but its promise was replaced: look.
      if (this.#state === state) await this.#nextBeat();
    }
  }

  async #nextBeat(): Promise<void> {
    const stop = new AbortController();
    const heartbeat = delay(HEARTBEAT_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    const change = this.#changed.promise.then(() => delay(GATHER_MS));
    await Promise.race([heartbeat, change]);
    stop.abort();
  }

  async #write(): Promise<void> {
    try {
      await this.#records.put(workerKey(this.#service, this.name), this.#record());
    } catch (error) {
      this.#logger.warn({ err: error }, 'the bus did not take the heartbeat');
    }
  }

  #record(): Worker {
    return {
      service: this.#service,
      name: this.name,
      process: this.process,
      host: hostname(),
      pid: process.pid,
      startedAt: this.#startedAt,
      beatAt: Date.now(),
      state: this.#state,
      version: SERVICE_VERSION,
      runner: this.#runner,
    };
  }
}
