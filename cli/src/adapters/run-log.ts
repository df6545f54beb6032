/** The log of a run as it lies on the server, and which run a user means. */
import type { Bus, Stored } from '@modelwright/bus';
import {
  RUN_LOGS_FILTER,
  type RunId,
  type RunRecord,
  runId,
  runLogSubject,
  runRecord,
} from '@modelwright/contracts';
import { nearest } from '@modelwright/yaml-file';
import { badInput } from '../core/problem.ts';
import { type RunView, viewOf } from '../core/run-view.ts';

export type StoredRecord = Stored<RunRecord>;

export function readRunLog(bus: Bus, run: RunId): Promise<StoredRecord[]> {
  return bus.streams.read('RUNS', runLogSubject(run), runRecord);
}

/** Every run's id, in no order of meaning. */
export async function runIds(bus: Bus): Promise<RunId[]> {
  const subjects = await bus.streams.subjects('RUNS', RUN_LOGS_FILTER);
  return subjects.flatMap((subject) => {
    const parsed = runId.safeParse(subject.split('.').at(-2));
    return parsed.success ? [parsed.data] : [];
  });
}

export interface KnownRun {
  readonly run: RunId;
  readonly view: RunView;
}

/** All runs, the newest first. */
export async function readRuns(bus: Bus): Promise<KnownRun[]> {
  const known: KnownRun[] = [];
  for (const run of await runIds(bus)) known.push({ run, view: viewOf(await readRunLog(bus, run)) });
  return known.toSorted((a, b) => (b.view.startedAt ?? 0) - (a.view.startedAt ?? 0));
}

/** The run meant by its id, the beginning of it, or `last`. */
export async function resolveRun(bus: Bus, named: string): Promise<RunId> {
  if (named === 'last') {
    const newest = (await readRuns(bus))[0];
    if (newest !== undefined) return newest.run;
    throw badInput({ message: 'there is no run yet', remedy: 'Start one: modelwright run <folder>' });
  }
  const ids = await runIds(bus);
  const exact = ids.find((one) => one === named);
  if (exact !== undefined) return exact;
  const matches = ids.filter((one) => one.startsWith(named));
  const [only, another] = matches;
  if (only !== undefined && another === undefined) return only;
  if (another !== undefined) {
    throw badInput({
      message: `"${named}" may be any of ${matches.join(', ')}`,
      remedy: 'Write more of the id.',
    });
  }
  const near = nearest(named, ids);
  throw badInput({
    message: `no run "${named}"`,
    remedy:
      near === null
        ? 'modelwright ls shows them all.'
        : `Did you mean ${near}? modelwright ls shows them all.`,
  });
}
