/** The shapes the core shares with the log: records as they are stored. */
import type { RunEffect, RunEvent, RunRecord } from '@modelwright/contracts';

export type { RunEffect, RunEvent, RunRecord };

export interface StoredRecord {
  /** Stream sequence. */
  readonly sequence: number;
  readonly body: RunRecord;
}
