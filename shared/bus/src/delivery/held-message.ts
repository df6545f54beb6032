/**
 * A delivered message in our hands, before anybody knows what is in it.
 *
 * Answers are requests: the server confirms them. None is sent once ownership is lost, since it would act upon the
 * delivery of whoever holds the message now.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Msg } from 'nats';
import { isInDoubt } from '../connection/bus-failure.ts';
import type { Connection } from '../connection/connection.ts';
import { unlessReconnected } from '../connection/persist.ts';
import type { Received } from '../streams/wire-message.ts';
import { parseAckSubject } from './ack-subject.ts';
import { type Clock, systemClock } from './clock.ts';
import { Ownership } from './ownership.ts';

/** How long the server may take to confirm an answer, and how often it may fail to. */
const ANSWER_MS = 2_000;
const SILENCES = 2;
const PAUSE_MS = 100;
const NANOS_PER_MS = 1_000_000;

export class HeldMessage implements Received {
  readonly subject: string;
  readonly headers: Received['headers'];
  readonly data: Uint8Array;
  readonly sequence: number;
  readonly deliveries: number;
  readonly ackWaitMs: number;
  readonly #connection: Connection;
  readonly #ackSubject: string;
  readonly #ownership: Ownership;
  #settled = false;
  #givenBack = false;

  constructor(connection: Connection, message: Msg, ackWaitMs: number, clock: Clock = systemClock) {
    this.#connection = connection;
    this.#ackSubject = message.reply ?? '';
    this.#ownership = new Ownership(ackWaitMs, clock);
    this.subject = message.subject;
    this.headers = message.headers;
    this.data = message.data;
    this.ackWaitMs = ackWaitMs;
    const facts = parseAckSubject(this.#ackSubject);
    this.sequence = facts.sequence;
    this.deliveries = facts.deliveries;
  }

  owned(): boolean {
    return this.#ownership.held();
  }

  keepAlive(): Disposable {
    const timer = setInterval(() => {
      this.#working().catch((error: unknown) => {
        this.#connection.logger.warn(
          { err: error, subject: this.subject },
          'the bus did not hear that work goes on',
        );
      });
    }, this.ackWaitMs / 3);
    return { [Symbol.dispose]: () => clearInterval(timer) };
  }

  ack(): Promise<boolean> {
    return this.#settle('+ACK');
  }

  async nak(delayMs: number): Promise<void> {
    // A sign of life behind it would undo it: the message would come again only after the whole ack wait.
    this.#givenBack = true;
    await this.#settle(`-NAK ${JSON.stringify({ delay: Math.round(delayMs * NANOS_PER_MS) })}`);
  }

  async #working(): Promise<void> {
    if (this.#settled || this.#givenBack || !this.owned()) return;
    const renew = this.#ownership.prepareRenewal();
    await this.#ask('+WPI', this.ackWaitMs / 3);
    renew();
  }

  /**
   * Repeats the answer until it is confirmed, ownership is lost, or it cannot be given. Never throws.
   *
   * A server that was killed may have forgotten this delivery: it then confirms no answer (newer ones), and delivers
   * the message again at once. So a live connection that stays silent is not asked for ever.
   */
  async #settle(answer: string): Promise<boolean> {
    for (let silent = 0; !this.#settled && silent < SILENCES && this.owned(); ) {
      const asked = performance.now();
      try {
        await this.#ask(answer, Math.min(ANSWER_MS, this.#ownership.remainingMs()));
        this.#settled = true;
      } catch (error) {
        if (!isInDoubt(error)) {
          this.#connection.logger.warn(
            { err: error, subject: this.subject },
            'a message could not be answered',
          );
          return false;
        }
        if (this.#connection.isConnected() && performance.now() - asked >= ANSWER_MS) silent += 1;
        await delay(PAUSE_MS);
      }
    }
    return this.#settled;
  }

  async #ask(question: string, timeoutMs: number): Promise<void> {
    const asked = this.#connection.nc.request(this.#ackSubject, question, {
      timeout: Math.max(1, timeoutMs),
    });
    await unlessReconnected(this.#connection, asked);
  }
}
