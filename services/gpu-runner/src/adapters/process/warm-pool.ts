/**
 * Keeps warm workers for the kinds of job that come, and hands jobs to them.
 *
 * Nothing depends on it: a job that no worker can take starts in a sandbox of its own. Workers without a job end with
 * this process, those with one are like any other program.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type JobStatus,
  reap,
  type SandboxHost,
  type SandboxRequest,
  WarmWorker,
  withoutItsJob,
} from '@modelwright/sandbox';
import type { Logger } from '@modelwright/telemetry';
import { asked, type Demand, remembered, tend } from '../../core/warm-workers.ts';

export interface WarmPoolParts {
  readonly host: SandboxHost;
  /** For this pool alone, on the file system of the job folders. */
  readonly folder: string;
  /** Most workers without a job. */
  readonly size: number;
  /** Loaded ahead, where they are installed. */
  readonly modules: readonly string[];
  /** How long a kind of job is remembered. */
  readonly idleMs: number;
  readonly clock: () => number;
  readonly logger: Logger;
  /** Then all workers without a job are ended. */
  readonly leaving: AbortSignal;
}

interface Held {
  readonly kind: string;
  readonly worker: Promise<WarmWorker>;
  ready: boolean;
}

/** Failures in a row after which a kind is started cold for good. */
const PATIENCE = 3;

export class WarmPool {
  readonly #parts: WarmPoolParts;
  /** What each kind is started from. */
  readonly #requests = new Map<string, SandboxRequest>();
  /** How often in a row a worker of this kind could not be had. */
  readonly #failures = new Map<string, number>();
  readonly #held = new Set<Held>();
  #demands: Demand[] = [];
  #started = 0;
  #timer: NodeJS.Timeout | null = null;

  private constructor(parts: WarmPoolParts) {
    this.#parts = parts;
    parts.leaving.addEventListener('abort', () => this.#endAll(), { once: true });
  }

  /** Sweeps up after an earlier process first. */
  static async open(parts: WarmPoolParts): Promise<WarmPool> {
    await mkdir(parts.folder, { recursive: true, mode: 0o711 });
    for (const name of await readdir(parts.folder)) await sweep(parts.host, join(parts.folder, name));
    return new WarmPool(parts);
  }

  /** Begins the job in a worker, as `supervise` would; null when none could take it. */
  async take(record: string, request: SandboxRequest): Promise<JobStatus | null> {
    const bare = withoutItsJob(request);
    if (bare === null || this.#parts.leaving.aborted) return null;
    const kind = JSON.stringify(bare);
    this.#remember(kind, bare);
    const held = [...this.#held].find((one) => one.ready && one.kind === kind);
    if (held !== undefined) this.#held.delete(held);
    const status = held === undefined ? null : await (await held.worker).take(record, request);
    this.#tend();
    return status;
  }

  #remember(kind: string, request: SandboxRequest): void {
    const { idleMs, clock } = this.#parts;
    this.#demands = asked(remembered(this.#demands, idleMs, clock()), kind, clock());
    this.#requests.set(kind, request);
    for (const known of this.#requests.keys()) {
      if (!this.#demands.some((demand) => demand.kind === known)) this.#requests.delete(known);
    }
  }

  /** Resolves when every worker that is being started is ready, or never will be. */
  async settled(): Promise<void> {
    const starting = [...this.#held].map(async ({ worker }) => await (await worker).ready);
    await Promise.allSettled(starting);
  }

  #tend(): void {
    const { size, idleMs, clock, leaving } = this.#parts;
    if (leaving.aborted) return;
    const demands = this.#demands.filter(({ kind }) => (this.#failures.get(kind) ?? 0) < PATIENCE);
    const held = [...this.#held].map(({ kind }) => kind);
    const { begin, end } = tend({ demands, held, size, idleMs }, clock());
    for (const kind of end) this.#end([...this.#held].find((one) => one.kind === kind));
    for (const kind of begin) this.#begin(kind);
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tend(), idleMs).unref();
  }

  #begin(kind: string): void {
    const request = this.#requests.get(kind);
    if (request === undefined) return;
    const { host, folder, modules } = this.#parts;
    this.#started += 1;
    const plan = { folder: join(folder, `${process.pid}-${this.#started}`), request, modules };
    const held: Held = { kind, worker: WarmWorker.start(host, plan), ready: false };
    this.#held.add(held);
    this.#follow(held).catch((err: unknown) => {
      if (!this.#held.delete(held)) return; // it was ended before it was ready
      this.#failures.set(kind, (this.#failures.get(kind) ?? 0) + 1);
      this.#parts.logger.info({ err }, 'no warm worker could be had');
    });
  }

  /** From its start to its end. */
  async #follow(held: Held): Promise<void> {
    const worker = await held.worker;
    await worker.ready;
    held.ready = true;
    this.#failures.delete(held.kind);
    await worker.gone;
    this.#held.delete(held);
  }

  #end(held: Held | undefined): void {
    if (held === undefined) return;
    this.#held.delete(held);
    held.worker.then((worker) => worker.end()).catch(() => undefined); // it was never started: `#follow` has said so
  }

  #endAll(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const held of this.#held) this.#end(held);
  }
}

/** One that still lives has lost whoever started it, and is about to end by itself. */
async function sweep(host: SandboxHost, folder: string): Promise<void> {
  const { state } = await reap(host, folder);
  if (state === 'ended' || state === 'absent') await rm(folder, { recursive: true, force: true });
}
