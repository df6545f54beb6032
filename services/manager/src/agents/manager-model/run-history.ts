/** What the log of a run says of its candidates: the state they are in, and all that happened to them. */
import type { Streams } from '@modelwright/bus';
import { type RunEvent, type RunId, runLogSubject, runRecord } from '@modelwright/contracts';
import type { Candidate } from '../../core/candidate.ts';
import { accept, EMPTY_LOG } from '../../core/fold.ts';
import type { AssignmentState, JobState } from '../../core/run-state.ts';

export interface RunHistory {
  readonly candidates: Readonly<Record<string, Candidate>>;
  readonly assignments: Readonly<Record<string, AssignmentState>>;
  readonly jobs: Readonly<Record<string, JobState>>;
  readonly events: readonly RunEvent[];
}

export type ReadHistory = () => Promise<RunHistory>;

/** As the log stands when it is called. */
export function runHistory(streams: Streams, run: RunId): ReadHistory {
  return async () => {
    const records = await streams.read('RUNS', runLogSubject(run), runRecord);
    let log = EMPTY_LOG;
    const events: RunEvent[] = [];
    for (const record of records) {
      const next = accept(log, record);
      if (next !== log) events.push(...record.body.events);
      log = next;
    }
    const { state } = log;
    if (state.stage !== 'open') return { candidates: {}, assignments: {}, jobs: {}, events };
    const { candidates, assignments, jobs } = state;
    return { candidates, assignments, jobs, events };
  };
}
