/** The records of a run's log that count. */
import type { RunRecord } from '@modelwright/contracts';

export interface LogEntry {
  readonly sequence: number;
  readonly body: RunRecord;
}

/** Like every reader it skips a record whose `previous` is not the one accepted last: its writer had not seen everything. */
export function accepted(entries: Iterable<LogEntry>): RunRecord[] {
  let last = 0;
  const records: RunRecord[] = [];
  for (const { sequence, body } of entries) {
    if (body.previous !== last) continue;
    last = sequence;
    records.push(body);
  }
  return records;
}
