/** Messages of the inbox on a server of its own: every test uses a run of another partition, and sees no other's. */
import {
  deadLetter,
  type InboxMessage,
  inboxDefinitions,
  inboxSubject,
  type RunId,
} from '@modelwright/contracts';
import type { ServerUnderTest } from '@modelwright/testing';
import type { Bus } from '../bus.ts';
import type { Delivery, Verdict } from '../delivery/delivery.ts';
import { inboxConsumer } from '../topology/names.ts';
import { type BusOnServer, busOnServer } from './bus-on-server.ts';
import { aTick } from './open-bus.ts';

export const ACK_WAIT_MS = 1_200;
const INBOX = Object.values(inboxDefinitions);

export const runOf = (partition: number): RunId => `digits-abc123-${String(partition).padStart(2, '0')}`;

export type InboxHandler = (delivery: Delivery<InboxMessage>) => Promise<Verdict>;

export class InboxStage {
  readonly on: BusOnServer;
  readonly bus: Bus;
  readonly #loops: Promise<void>[] = [];
  #leaving = new AbortController();

  private constructor(on: BusOnServer) {
    this.on = on;
    this.bus = on.bus;
  }

  static async open(server: ServerUnderTest): Promise<InboxStage> {
    return new InboxStage(await busOnServer(server, { ackWaitMs: ACK_WAIT_MS }));
  }

  get leaving(): AbortSignal {
    return this.#leaving.signal;
  }

  send(partition: number, now: number) {
    return this.bus.streams.publish({
      ...aTick(now, runOf(partition)),
      subject: inboxSubject(runOf(partition)),
    });
  }

  take(partition: number, by: Bus = this.bus, expiresMs = 5_000) {
    return by.streams.take(inboxConsumer(partition), INBOX, expiresMs, this.leaving);
  }

  consume(partition: number, handle: InboxHandler, by: Bus = this.bus, concurrency = 1): void {
    const options = { concurrency, signal: this.leaving };
    this.keep(by.streams.consume(inboxConsumer(partition), INBOX, options, handle));
  }

  /** A loop that `leave` waits for. */
  keep(loop: Promise<void>): void {
    this.#loops.push(loop);
  }

  /** Lets every loop end, and waits for them. */
  async leave(): Promise<void> {
    this.#leaving.abort();
    await Promise.all(this.#loops.splice(0));
    this.#leaving = new AbortController();
  }

  deadLetters(run: string | null) {
    return this.bus.streams.read('DLQ', `mw.v1.dlq.INBOX.${run ?? 'none'}`, deadLetter);
  }

  /** 1 while a message of the partition's run is in the stream, 0 when none is. */
  async waiting(partition: number): Promise<number> {
    return (await this.bus.streams.subjects('INBOX', inboxSubject(runOf(partition)))).length;
  }

  async close(): Promise<void> {
    await this.leave();
    await this.on[Symbol.asyncDispose]();
  }
}
