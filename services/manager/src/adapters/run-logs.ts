/** The logs of runs, read into state and appended to. */
import type { Bus } from '@modelwright/bus';
import { type RunId, type RunRecord, runLogSubject, runRecord } from '@modelwright/contracts';
import { accept, EMPTY_LOG, type RunLog } from '../core/fold.ts';

/** A log as read up to `tail`, the last sequence on its subject: foreign records count there, and only there. */
export interface ReadLog {
  readonly log: RunLog;
  readonly tail: number;
}

export interface RunLogs {
  /** Up to date with the stream when called. */
  load(run: RunId): Promise<ReadLog>;
  /** A record that was accepted, as stored. */
  record(run: RunId, sequence: number): Promise<RunRecord>;
  /** Appends after `read`; null when somebody else appended first. */
  append(run: RunId, read: ReadLog, record: RunRecord): Promise<ReadLog | null>;
}

/** Folded logs are kept in memory for this many runs; the others are read again. */
const KEPT = 200;

export function createRunLogs(bus: Bus): RunLogs {
  const kept = new Map<RunId, ReadLog>();

  const keep = (run: RunId, read: ReadLog): ReadLog => {
    kept.delete(run);
    kept.set(run, read);
    const oldest = kept.keys().next();
    if (kept.size > KEPT && !oldest.done) kept.delete(oldest.value);
    return read;
  };

  return {
    async load(run) {
      const known = kept.get(run) ?? { log: EMPTY_LOG, tail: 0 };
      const fresh = await bus.streams.read('RUNS', runLogSubject(run), runRecord, known.tail);
      return keep(run, fresh.reduce(readOn, known));
    },
    async record(run, sequence) {
      const [stored] = await bus.streams.read('RUNS', runLogSubject(run), runRecord, sequence - 1);
      if (stored?.sequence !== sequence)
        throw new Error(`record ${sequence} of ${run} is missing from its log`);
      return stored.body;
    },
    async append(run, read, record) {
      const outcome = await bus.streams.append({
        definition: runRecord,
        subject: runLogSubject(run),
        body: record,
        messageId: `${run}:after:${read.tail}`,
        cause: record.cause.messageId,
        run,
        expectedLast: read.tail,
      });
      if (outcome.kind === 'conflict') return null;
      return keep(run, readOn(read, { sequence: outcome.sequence, body: record }));
    },
  };
}

function readOn(read: ReadLog, stored: { sequence: number; body: RunRecord }): ReadLog {
  return { log: accept(read.log, stored), tail: stored.sequence };
}
