/**
 * A transcript on the stream TURNS: one subject an assignment, each append under the condition that its last sequence is
 * the one that was seen. Secrets do not get there, wherever they came from.
 */
import { randomUUID } from 'node:crypto';
import type { Transcript } from '@modelwright/agent';
import type { Streams } from '@modelwright/bus';
import { type Assignment, type TurnRecord, turnRecord, turnSubject } from '@modelwright/contracts';
import { type Scrub, scrubAll, scrubber } from '@modelwright/telemetry';

type Of = Pick<Assignment, 'id' | 'run'>;

export function busTranscript(streams: Streams, assignment: Of, scrub: Scrub = scrubber([])): Transcript {
  return new BusTranscript(streams, assignment, scrub);
}

class BusTranscript implements Transcript {
  readonly #streams: Streams;
  readonly #assignment: Of;
  readonly #scrub: Scrub;
  /**
   * Part of every message id: two holders may append the very same record at the same place, and the server must not
   * take the second for a repetition of the first.
   */
  readonly #holder = randomUUID();
  #last = 0;

  constructor(streams: Streams, assignment: Of, scrub: Scrub) {
    this.#streams = streams;
    this.#assignment = assignment;
    this.#scrub = scrub;
  }

  async load(): Promise<readonly TurnRecord[]> {
    const stored = await this.#streams.read('TURNS', this.#subject, turnRecord);
    this.#last = stored.at(-1)?.sequence ?? 0;
    return stored.map(({ body }) => body);
  }

  async append(record: TurnRecord): Promise<'appended' | 'lost'> {
    const { id, run } = this.#assignment;
    const outcome = await this.#streams.append({
      definition: turnRecord,
      subject: this.#subject,
      body: turnRecord.body.parse(scrubAll(record, this.#scrub)),
      messageId: `${id}:${this.#last}:${this.#holder}`,
      cause: id,
      run,
      expectedLast: this.#last,
    });
    if (outcome.kind === 'conflict') return 'lost';
    this.#last = outcome.sequence;
    return 'appended';
  }

  get #subject(): string {
    return turnSubject(this.#assignment.run, this.#assignment.id);
  }
}
