/** What a run left in the streams. */
import type { Bus } from '@modelwright/bus';
import {
  type JobOutcome,
  jobOutcome,
  type RunEvent,
  runLogSubject,
  runOutcomesFilter,
  runRecord,
} from '@modelwright/contracts';

/** All events of a run, in order. */
export async function eventsOf(bus: Bus, run: string): Promise<RunEvent[]> {
  const records = await bus.streams.read('RUNS', runLogSubject(run), runRecord);
  return records.flatMap(({ body }) => body.events);
}

/** Micro-USD by assignment. One that closed before its final message came is closed again by it: the last word counts. */
export function spentBy(events: readonly RunEvent[]): Map<string, number> {
  return new Map(
    events.flatMap((event) =>
      event.type === 'assignment-closed' ? [[event.assignment, event.spent.microUsd] as const] : [],
    ),
  );
}

/** Resolves with the run's end when it has come. */
export async function endOf(bus: Bus, run: string, signal: AbortSignal) {
  for await (const { body } of bus.streams.follow('RUNS', runLogSubject(run), runRecord, { signal })) {
    const end = body.events.find((event) => event.type === 'run-ended');
    if (end !== undefined) return end;
  }
  throw new Error(`${run} did not end in time`);
}

export async function outcomesOf(bus: Bus, run: string): Promise<JobOutcome[]> {
  const stored = await bus.streams.read('RESULTS', runOutcomesFilter(run), jobOutcome);
  return stored.map(({ body }) => body);
}

/** Ids without the run's own, so that two runs of the same task can be compared. */
export function withoutRun(run: string, ids: readonly string[]): string[] {
  return ids.map((id) => id.replace(run, '')).sort();
}
