/** A manager that takes runs up and writes the log it was given, record by record, whatever the run. */
import { type Bus, runInboxConsumer } from '@modelwright/bus';
import {
  inboxDefinitions,
  type RunEvent,
  type RunId,
  runLogSubject,
  runRecord,
} from '@modelwright/contracts';

export class ScriptedManager {
  readonly #bus: Bus;
  readonly #run: RunId;
  #last = 0;
  #records = 0;

  constructor(bus: Bus, run: RunId) {
    this.#bus = bus;
    this.#run = run;
  }

  /** The next message of the run's inbox, settled. */
  async nextMessage() {
    const delivery = await this.#bus.streams.take(
      runInboxConsumer(this.#run),
      Object.values(inboxDefinitions),
      10_000,
      AbortSignal.timeout(20_000),
    );
    if (delivery === null) throw new Error('no message came');
    await delivery.ack();
    return delivery.body;
  }

  /** Appends one record. */
  async decide(...events: RunEvent[]): Promise<void> {
    this.#records += 1;
    const outcome = await this.#bus.streams.append({
      definition: runRecord,
      subject: runLogSubject(this.#run),
      messageId: `${this.#run}:record:${this.#records}`,
      expectedLast: this.#last,
      run: this.#run,
      body: {
        previous: this.#last,
        cause: { messageId: `m${this.#records}`, type: 'tick' },
        at: Date.now(),
        reason: `scripted step ${this.#records}`,
        events,
        effects: [],
      },
    });
    if (outcome.kind === 'conflict') throw new Error('somebody else writes this log');
    this.#last = outcome.sequence;
  }
}
