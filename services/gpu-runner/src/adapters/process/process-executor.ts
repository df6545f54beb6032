/** Programs as processes on this host, contained by the sandbox, each with a supervisor that outlives the runner. */
import {
  type ExitRecord,
  isolationLevel,
  isolationNotes,
  type JobStatus,
  probe,
  reap,
  type SandboxHost,
  type SandboxProbe,
  snapshot,
  statusOf,
  stop,
  supervise,
  waitForExit,
} from '@modelwright/sandbox';
import type { Found } from '../../core/adoption.ts';
import type { Ending } from '../../core/job-state.ts';
import type { Execution, Executor, Isolation, NotNow } from '../../handlers/executor.ts';
import { type RequestLimits, sandboxRequest } from './sandbox-request.ts';

/** File notifications do not tell of a killed supervisor: how often to ask. */
const LOOK_EVERY_MS = 5000;

export class ProcessExecutor implements Executor {
  readonly name = 'process';
  readonly #host: SandboxHost;
  readonly #limits: RequestLimits;
  #probed: Promise<SandboxProbe> | null = null;

  constructor(python: string, limits: RequestLimits) {
    this.#host = { python };
    this.#limits = limits;
  }

  async probe(): Promise<Isolation> {
    this.#probed ??= probe(this.#host);
    const found = await this.#probed;
    const missing = Object.entries(found.abilities).filter(([, ability]) => !ability.ok);
    return {
      level: found.level,
      notes: [found.verdict, ...missing.map(([name, ability]) => `${name}: ${ability.why ?? 'missing'}`)],
      ownUser: found.isolation?.ownUser ?? false,
    };
  }

  async start(execution: Execution): Promise<Ending | NotNow | null> {
    const { record } = execution.places;
    const before = await statusOf(this.#host, record);
    const status =
      before.state === 'absent'
        ? await supervise(this.#host, record, sandboxRequest(execution, this.#limits))
        : before;
    if (status.state === 'not-now') return { notNow: status.reason };
    return status.state === 'ended' ? await this.#ending(status.exit) : null;
  }

  async state(record: string): Promise<Found> {
    return foundAs(await reap(this.#host, record));
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
    const host = await this.probe();
    const held = exit.isolation;
    const removed = exit.removed.length === 0 ? '' : `; taken out of its output: ${exit.removed.join(', ')}`;
    return {
      end: exit.outcome,
      reason: `${exit.reason}${removed}`,
      exitCode: exit.exitCode,
      signal: exit.signal,
      startedAt: exit.startedAt,
      endedAt: exit.endedAt,
      wallSeconds: exit.wallSeconds,
      cpuSeconds: exit.cpuSeconds,
      maxRssBytes: exit.maxRssBytes,
      exhausted: exit.outcome === 'out-of-memory' ? 'host' : null,
      isolation:
        held === null
          ? { level: host.level, notes: ['nothing was started'] }
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
