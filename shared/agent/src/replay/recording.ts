/** A transcript that is already written: what is appended to it must be what comes next. */
import type { TurnRecord } from '@modelwright/contracts';
import type { Transcript } from '../ports.ts';
import { type Divergence, difference } from './difference.ts';

/** The process that is played did not live to see the answer. */
export class RecordEnds extends Error {
  override readonly name = 'RecordEnds';
}

export class Recording implements Transcript {
  readonly hasFiles: boolean;
  readonly #records: readonly TurnRecord[];
  #position = 0;
  #divergence: Divergence | null = null;

  constructor(records: readonly TurnRecord[]) {
    this.#records = records;
    this.hasFiles = records.some((record) => record.type === 'result' && record.version !== null);
  }

  get position(): number {
    return this.#position;
  }

  get divergence(): Divergence | null {
    return this.#divergence;
  }

  get next(): TurnRecord | null {
    return this.#records[this.#position] ?? null;
  }

  get wasCancelled(): boolean {
    const outcome = this.next?.type === 'finished' ? this.next.final.outcome : null;
    return outcome?.status === 'failed' && outcome.failure.kind === 'cancelled';
  }

  /**
   * The time at which what comes next was written; of a call, which took its time, the time before it. So each judgement
   * of the time comes out as it did.
   */
  now(): number {
    const { next } = this;
    const calling = next?.type === 'result' || next?.type === 'parked';
    return (calling ? this.#records[this.#position - 1] : next)?.at ?? this.#records.at(-1)?.at ?? 0;
  }

  load(): Promise<readonly TurnRecord[]> {
    return Promise.resolve(this.#records.slice(0, this.#position));
  }

  append(record: TurnRecord): Promise<'appended' | 'lost'> {
    const { next } = this;
    // Here the record ends, or another process took over.
    if (next === null || (next.type === 'taken' && record.type !== 'taken')) return Promise.resolve('lost');
    this.#divergence = difference(next, record);
    if (this.#divergence !== null) return Promise.resolve('lost');
    this.#position += 1;
    return Promise.resolve('appended');
  }

  /** A whole process came to nothing. */
  stuck(): void {
    this.#divergence ??= {
      turn: 0,
      what: 'the next step',
      recorded: this.next?.type ?? 'nothing',
      now: 'nothing',
    };
  }
}
