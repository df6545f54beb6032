/**
 * A delivered message in our hands, before anybody knows what is in it.
 *
 * Answers are requests: the server confirms them. None is sent once ownership is lost, since it would act upon the
 * delivery of whoever holds the message now.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Msg } from 'nats';
import { isInDoubt } from '../connection/bus-failure.ts';
import { type Connection, REQUEST_MS } from '../connection/connection.ts';
import { unlessReconnected } from '../connection/persist.ts';
import type { Received } from '../streams/wire-message.ts';
import { parseAckSubject } from './ack-subject.ts';
import { type Clock, systemClock } from './clock.ts';
import { Ownership } from './ownership.ts';

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
    await this.#settle(`-NAK ${JSON.stringify({ delay: Math.round(delayMs * NANOS_PER_MS) })}`);
  }

  async #working(): Promise<void> {
    if (this.#settled || !this.owned()) return;
    const renew = this.#ownership.prepareRenewal();
    await this.#connection.nc.request(this.#ackSubject, '+WPI', { timeout: Math.max(1, this.ackWaitMs / 3) });
    renew();
  }

  /** Repeats the answer until it is confirmed, ownership is lost, or it cannot be given. Never throws. */
  async #settle(answer: string): Promise<boolean> {
    while (!this.#settled && this.owned()) {
      try {
        const timeout = Math.max(1, Math.min(REQUEST_MS, this.#ownership.remainingMs()));
        await unlessReconnected(
          this.#connection,
          this.#connection.nc.request(this.#ackSubject, answer, { timeout }),
        );
        this.#settled = true;
      } catch (error) {
        if (!isInDoubt(error)) {
          this.#connection.logger.warn(
            { err: error, subject: this.subject },
            'a message could not be answered',
          );
          return false;
        }
        await delay(PAUSE_MS);
      }
    }
    return this.#settled;
  }
}
