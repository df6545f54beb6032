/** What the streams hold of a finished run, with the times they were written at. */
import type { Bus, Stored } from '@modelwright/bus';
import {
  type JobOutcome,
  jobOutcome,
  type RunId,
  type RunRecord,
  runLogSubject,
  runOutcomesFilter,
  runRecord,
  type TurnRecord,
  turnRecord,
  turnSubject,
} from '@modelwright/contracts';

/** `time` is the server's clock, the `at` in bodies their writer's; on one machine both are the same clock. */
export type Timed<Body> = Pick<Stored<Body>, 'time' | 'body'>;

export interface History {
  readonly records: readonly Timed<RunRecord>[];
  /** Transcripts by assignment; the manager's own workers keep none. */
  readonly transcripts: ReadonlyMap<string, readonly Timed<TurnRecord>[]>;
  /** By job. */
  readonly outcomes: ReadonlyMap<string, Timed<JobOutcome>>;
}

export async function readHistory(bus: Bus, run: RunId): Promise<History> {
  const records = await bus.streams.read('RUNS', runLogSubject(run), runRecord);
  const turns = await bus.streams.read('TURNS', turnSubject(run, '*'), turnRecord);
  const outcomes = await bus.streams.read('RESULTS', runOutcomesFilter(run), jobOutcome);
  return {
    records,
    transcripts: Map.groupBy(turns, ({ subject }) => subject.slice(turnSubject(run, '').length)),
    outcomes: new Map(outcomes.map((outcome) => [outcome.body.job, outcome])),
  };
}
