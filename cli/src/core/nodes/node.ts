/** The hosts that execute programs, as their runners say of themselves on the bus. */
import type { Accelerator, Worker } from '@modelwright/contracts';

type Runner = NonNullable<Worker['runner']>;

export interface NodeView {
  readonly host: string;
  /** Of the runner. */
  readonly name: string;
  readonly state: 'ready' | 'drained' | 'leaving' | 'silent';
  /** Why it takes no jobs; else empty. */
  readonly note: string;
  readonly upSeconds: number;
  readonly slots: number;
  readonly busy: number;
  readonly classes: readonly string[];
  readonly executor: string;
  readonly isolation: Runner['isolation'];
  readonly jobs: readonly string[];
  readonly accelerators: readonly Accelerator[];
  /** Jobs that were looked at there and cannot start now. */
  readonly waiting: ReadonlyArray<{ readonly job: string; readonly reason: string }>;
  /** The job that is first in line there. */
  readonly reservedFor: string | null;
}

/** A runner that has not been heard of for so long is silent. Heartbeats come every 5 s. */
const SILENT_AFTER_MS = 20_000;
/** One that has been silent for so long has left for good: its jobs are with others. */
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** By host and name; without those that have left. */
export function nodesOf(workers: readonly Worker[], now: number): NodeView[] {
  return workers
    .filter((worker) => worker.state !== 'gone' && now - worker.beatAt < FORGOTTEN_AFTER_MS)
    .flatMap((worker) => (worker.runner === null ? [] : [nodeOf(worker, worker.runner, now)]))
    .toSorted((a, b) => a.host.localeCompare(b.host) || a.name.localeCompare(b.name));
}

function nodeOf(worker: Worker, runner: Runner, now: number): NodeView {
  const drained = runner.drained ?? null;
  return {
    host: worker.host,
    name: worker.name,
    state: stateOf(worker, drained, now),
    note: drained ?? '',
    upSeconds: Math.round((now - worker.startedAt) / 1000),
    slots: runner.slots,
    busy: runner.busy,
    classes: runner.classes,
    executor: runner.executor ?? 'process',
    isolation: runner.isolation,
    jobs: runner.jobs,
    accelerators: runner.accelerators ?? [],
    waiting: runner.waiting ?? [],
    reservedFor: runner.reservedFor ?? null,
  };
}

function stateOf(worker: Worker, drained: string | null, now: number): NodeView['state'] {
  if (now - worker.beatAt >= SILENT_AFTER_MS) return 'silent';
  if (worker.state === 'draining') return 'leaving';
  return drained === null ? 'ready' : 'drained';
}
