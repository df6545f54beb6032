/** A transcript in memory, with as many holders as one likes. */
import type { TurnRecord } from '@modelwright/contracts';
import type { Transcript } from '../ports.ts';

export class MemoryTranscript {
  readonly records: TurnRecord[];

  constructor(records: readonly TurnRecord[] = []) {
    this.records = [...records];
  }

  /** One holder: it may append as long as it has seen everything. */
  hold(): Transcript {
    let seen = 0;
    return {
      load: () => {
        seen = this.records.length;
        return Promise.resolve([...this.records]);
      },
      append: (record) => {
        if (seen !== this.records.length) return Promise.resolve('lost');
        this.records.push(record);
        seen += 1;
        return Promise.resolve('appended');
      },
    };
  }
}
