/** Programs under supervisors that outlive the runner, whatever they run in: begun, found again, awaited, ended. */
import {
  type ExitRecord,
  isolationLevel,
  isolationNotes,
  type JobStatus,
  reap,
  type SandboxHost,
  type SandboxRequest,
  snapshot,
  statusOf,
  stop,
  supervise,
  waitForExit,
} from '@modelwright/sandbox';
import type { Found } from '../../core/adoption.ts';
import type { Ending } from '../../core/job-state.ts';
import type { Isolation, NotNow } from '../../handlers/executor.ts';

/** File notifications do not tell of a killed supervisor: how often to ask. */
const LOOK_EVERY_MS = 5000;

/** Begins a program as `supervise` does; null when there was nothing to begin it in, and nothing has begun. */
export type WarmStart = (record: string, request: SandboxRequest) => Promise<JobStatus | null>;

const neverWarm: WarmStart = () => Promise.resolve(null);

export class SupervisedPrograms {
  readonly #host: SandboxHost;
  readonly #probe: () => Promise<Isolation>;
  readonly #warm: WarmStart;

  /**
   * `probe` tells how this host contains programs: it is what an ending without a program reports. `warm` begins what
   * has been started ahead.
   */
  constructor(host: SandboxHost, probe: () => Promise<Isolation>, warm: WarmStart = neverWarm) {
    this.#host = host;
    this.#probe = probe;
    this.#warm = warm;
  }

  /** Begun twice, it finds the first; the request is made only for the first. */
  async begin(record: string, request: () => Promise<SandboxRequest>): Promise<Ending | NotNow | null> {
    const before = await statusOf(this.#host, record);
    const status = before.state === 'absent' ? await this.#start(record, await request()) : before;
    if (status.state === 'not-now') return { notNow: status.reason };
    return status.state === 'ended' ? await this.#ending(status.exit) : null;
  }

  async #start(record: string, request: SandboxRequest): ReturnType<typeof supervise> {
    return (await this.#warm(record, request)) ?? (await supervise(this.#host, record, request));
  }

  async state(record: string): Promise<Found> {
    return foundAs(await reap(this.#host, record));
  }

  /** Whether somebody is at work who will end it when its time has come. */
  async isSupervised(record: string): Promise<boolean> {
    const { state } = await statusOf(this.#host, record);
    return state === 'running' || state === 'starting';
  }

  async ending(record: string, signal: AbortSignal): Promise<Ending | null> {
    while (!signal.aborted) {
      const exit = await waitForExit(record, AbortSignal.any([signal, AbortSignal.timeout(LOOK_EVERY_MS)]));
      if (exit !== null) return await this.#ending(exit);
      const status = await reap(this.#host, record);
      if (status.state === 'ended') return await this.#ending(status.exit);
    }
    return null;
  }

  async stop(record: string, reason: string, graceSeconds: number | null): Promise<void> {
    await stop(record, { reason, ...(graceSeconds === null ? {} : { graceSeconds }) });
  }

  async snapshot(source: string, target: string, maxBytes: number): Promise<void> {
    await snapshot(this.#host, source, target, maxBytes);
  }

  async #ending(exit: ExitRecord): Promise<Ending> {
    const held = exit.isolation;
    const removed = exit.removed.length === 0 ? '' : `; taken out of its output: ${exit.removed.join(', ')}`;
    const doubt = exit.suspect === null ? '' : `; ${exit.suspect}`;
    return {
      end: exit.outcome,
      reason: `${exit.reason}${removed}${doubt}`,
      exitCode: exit.exitCode,
      signal: exit.signal,
      startedAt: exit.startedAt,
      endedAt: exit.endedAt,
      wallSeconds: exit.wallSeconds,
      cpuSeconds: exit.cpuSeconds,
      maxRssBytes: exit.maxRssBytes,
      exhausted: exit.outcome === 'out-of-memory' ? 'host' : null,
      suspect: exit.suspect,
      isolation:
        held === null
          ? { level: (await this.#probe()).level, notes: ['nothing was started'] }
          : { level: isolationLevel(held), notes: isolationNotes(held) },
    };
  }
}

function foundAs(status: JobStatus): Found {
  switch (status.state) {
    case 'absent':
      return 'untouched';
    case 'starting':
    case 'running':
    case 'lost':
      return 'running';
    case 'ended':
      return 'ended';
  }
}
