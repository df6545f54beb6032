/**
 * Writes one subject of TELEMETRY exactly once, as its only writer.
 *
 * Each message is appended under the condition that it follows the last one we know of. So a message that was in doubt
 * (the bus went away, this process was killed) is either stored or not, and never stored a second time: whoever goes on
 * first reads what is there.
 *
 *   written down: sequence 7 ──► stored: 7, 8, 9 ──► 8 and 9 were sent before the crash: go on behind them
 */
import { type Streams, TransientFailure } from '@modelwright/bus';
import type { MessageDefinition } from '@modelwright/contracts';
import type { z } from 'zod';

export type TelemetryStreams = Pick<Streams, 'append' | 'read' | 'last'>;

export interface Place {
  readonly subject: string;
  readonly run: string;
}

export class SoleWriter<Definition extends MessageDefinition> {
  readonly #streams: TelemetryStreams;
  readonly #definition: Definition;
  readonly #place: Place;
  #last = 0;

  constructor(streams: TelemetryStreams, definition: Definition, place: Place) {
    this.#streams = streams;
    this.#definition = definition;
    this.#place = place;
  }

  /** Sequence of the last message of the subject, as far as we know. */
  get last(): number {
    return this.#last;
  }

  /** What was stored after the message that was written down. To be asked before the first append, and after a failure. */
  async catchUp(after: number): Promise<z.infer<Definition['body']>[]> {
    const { subject } = this.#place;
    const stored = await this.#streams.read('TELEMETRY', subject, this.#definition, after);
    // Old entries are discarded, so the subject may have no last message any more.
    const last = stored.at(-1) ?? (await this.#streams.last('TELEMETRY', subject, this.#definition));
    this.#last = last?.sequence ?? 0;
    return stored.map(({ body }) => body);
  }

  /** Throws a TransientFailure when something else is there: then catch up. */
  async append(body: z.infer<Definition['body']>, messageId: string): Promise<void> {
    const { subject, run } = this.#place;
    const appended = await this.#streams.append({
      definition: this.#definition,
      subject,
      body,
      messageId,
      run,
      expectedLast: this.#last,
    });
    if (appended.kind === 'conflict') {
      throw new TransientFailure('overtaken', `${subject} does not end where this runner left it.`);
    }
    this.#last = appended.sequence;
  }
}
