/** Where a run's wall clock went. Pure. */
import type { History } from './history.ts';
import { covered, type Interval } from './intervals.ts';
import { jobsOf } from './jobs.ts';

/** Milliseconds. */
export interface WallClock {
  /** From the first record of the run to its last. */
  readonly total: number;
  /** Two programs or more ran. */
  readonly several: number;
  /** One program ran: on a machine of several cores the others had little to do. */
  readonly single: number;
  /** No program ran, but a model was asked. */
  readonly models: number;
  /** Neither, but one of the manager's own workers (setup, grader, delivery) was at work. */
  readonly workers: number;
  /** None of these: only the orchestrator was at work, or waiting for itself. */
  readonly alone: number;
  /** Programs that ran at once, on average over the whole. */
  readonly programsAtOnce: number;
}

export function wallClockOf(history: History): WallClock {
  const { records } = history;
  const window = { from: records[0]?.time ?? 0, to: records.at(-1)?.time ?? 0 };
  const programs = jobsOf(history).map(({ started, ended }) => ({ from: started, to: ended }));
  const models = [...modelsOf(history)];
  const workers = [...workersOf(history)];
  const total = window.to - window.from;
  const several = covered(programs, window, 2);
  const [byPrograms, withModels, withWorkers] = [
    covered(programs, window),
    covered([...programs, ...models], window),
    covered([...programs, ...models, ...workers], window),
  ];
  return {
    total,
    several,
    single: byPrograms - several,
    models: withModels - byPrograms,
    workers: withWorkers - withModels,
    alone: total - withWorkers,
    programsAtOnce: programs.reduce((sum, { from, to }) => sum + to - from, 0) / total,
  };
}

/** From the intent to the reply in hand. */
function* modelsOf({ transcripts }: History): Iterable<Interval> {
  for (const transcript of transcripts.values()) {
    for (const [place, { time, body }] of transcript.entries()) {
      const reply = transcript[place + 1]?.body;
      if (body.type === 'intent' && reply?.type === 'reply') yield { from: time, to: reply.at };
    }
  }
}

/** From the decision that sent the assignment to the decision upon its end: these workers keep no transcript. */
function* workersOf({ records, transcripts }: History): Iterable<Interval> {
  const opened = new Map<string, number>();
  for (const { time, body } of records) {
    for (const event of body.events) {
      if (event.type === 'assignment-opened' && !transcripts.has(event.assignment)) {
        opened.set(event.assignment, time);
      }
      const from = event.type === 'assignment-closed' ? opened.get(event.assignment) : undefined;
      if (from !== undefined) yield { from, to: time };
    }
  }
}
