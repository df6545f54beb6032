/** The processes of `modelwright ps`: what was started here, and what each says of itself on the bus. */
import type { Worker } from '@modelwright/contracts';
import { type Column, columnsText } from './text/columns.ts';
import { bytesText, durationText } from './text/quantity.ts';

/** A process recorded by `up` on this machine. */
export interface LocalProcess {
  readonly service: string;
  readonly name: string;
  readonly pid: number;
  readonly since: number;
  readonly alive: boolean;
  readonly memoryBytes: number | null;
  readonly note: string;
}

export interface FarmRow {
  readonly service: string;
  readonly name: string;
  readonly host: string;
  readonly pid: number;
  readonly state: 'ready' | 'draining' | 'gone' | 'running' | 'starting' | 'silent' | 'dead';
  readonly upSeconds: number;
  readonly memoryBytes: number | null;
  readonly note: string;
}

/** A worker that has not been heard of for so long is not called ready. Heartbeats come every 5 s. */
const SILENT_AFTER_MS = 20_000;

export function farmRows(
  locals: readonly LocalProcess[],
  workers: readonly Worker[] | null,
  now: number,
): FarmRow[] {
  const own = locals.map((local) => localRow(local, workers, now));
  const elsewhere = (workers ?? [])
    .filter((worker) => worker.state !== 'gone' && !locals.some((local) => isOf(worker, local)))
    .filter((worker) => now - worker.beatAt < SILENT_AFTER_MS)
    .map((worker) => workerRow(worker, null, now));
  return [...own, ...elsewhere];
}

function localRow(local: LocalProcess, workers: readonly Worker[] | null, now: number): FarmRow {
  const said = workers?.find((worker) => isOf(worker, local));
  if (said !== undefined && local.alive) return workerRow(said, local.memoryBytes, now);
  const isService = local.service !== 'nats-server';
  return {
    service: local.service,
    name: local.name,
    host: 'here',
    pid: local.pid,
    state: local.alive ? (isService && workers !== null ? 'starting' : 'running') : 'dead',
    upSeconds: local.alive ? Math.round((now - local.since) / 1000) : 0,
    memoryBytes: local.memoryBytes,
    note: local.alive ? local.note : 'modelwright up starts it again',
  };
}

function workerRow(worker: Worker, memoryBytes: number | null, now: number): FarmRow {
  return {
    service: worker.service,
    name: worker.name,
    host: memoryBytes === null ? worker.host : 'here',
    pid: worker.pid,
    state: now - worker.beatAt < SILENT_AFTER_MS ? worker.state : 'silent',
    upSeconds: Math.round((now - worker.startedAt) / 1000),
    memoryBytes,
    note: worker.runner === null ? '' : runnerNote(worker.runner),
  };
}

function runnerNote(runner: NonNullable<Worker['runner']>): string {
  const load = `${runner.busy} of ${runner.slots} slots busy, ${runner.classes.join('+')}, isolation ${runner.isolation}`;
  return runner.isolation === 'contained' ? load : `${load} (${runner.isolationNotes.join('; ')})`;
}

function isOf(worker: Worker, local: LocalProcess): boolean {
  return worker.service === local.service && worker.name === local.name && worker.pid === local.pid;
}

const COLUMNS: readonly Column[] = [
  { title: 'service' },
  { title: 'name' },
  { title: 'host' },
  { title: 'pid', align: 'right' },
  { title: 'state' },
  { title: 'up', align: 'right' },
  { title: 'memory', align: 'right' },
  { title: '' },
];

export function farmLines(rows: readonly FarmRow[]): string[] {
  return columnsText(
    COLUMNS,
    rows.map((row) => [
      row.service,
      row.name,
      row.host,
      String(row.pid),
      row.state,
      row.state === 'dead' ? '' : durationText(row.upSeconds * 1000),
      row.memoryBytes === null ? '' : bytesText(row.memoryBytes),
      row.note,
    ]),
  );
}
