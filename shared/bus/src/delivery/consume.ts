/**
 * The handler loop: pull when a slot is free, keep the message alive while it is handled, settle it.
 *
 *   pull ── parse ──┬─ handled ──┬─ done ─────────────── ack
 *                   │            ├─ later, transient ─── nak with delay
 *                   │            └─ give up, permanent ─ dead letter, attention-needed, ack
 *                   └─ not parsed ────────────────────── dead letter, attention-needed, ack
 *
 * When the bus is away while settling, nothing is sent: the message comes again after its ack wait.
 */
import type { MessageDefinition } from '@modelwright/contracts';
import type { Wire } from '../streams/publish.ts';
import type { Body, Definitions } from '../streams/streams.ts';
import { fromWire } from '../streams/wire-message.ts';
import { sendDeadLetter } from './dead-letter.ts';
import type { Delivery, Verdict } from './delivery.ts';
import type { HeldMessage } from './held-message.ts';
import { type Receiver, toDelivery } from './receive.ts';
import { backoffMs, isSurprise, type Settlement, settlementOf, settlementOfThrown } from './settlement.ts';

export type Handle<Definition extends MessageDefinition> = (
  delivery: Delivery<Body<Definition>>,
) => Promise<Verdict>;

export interface ConsumeOptions {
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

const PULL_MS = 10_000;
/** Sequences of messages whose handling threw once, remembered for their second delivery. */
const REMEMBERED = 1_000;

export class HandlerLoop<Definition extends MessageDefinition> {
  readonly #wire: Wire;
  readonly #receiver: Receiver;
  readonly #definitions: Definitions<Definition>;
  readonly #handle: Handle<Definition>;
  readonly #surprised = new Set<number>();

  constructor(
    wire: Wire,
    receiver: Receiver,
    definitions: Definitions<Definition>,
    handle: Handle<Definition>,
  ) {
    this.#wire = wire;
    this.#receiver = receiver;
    this.#definitions = definitions;
    this.#handle = handle;
  }

  async run({ concurrency, signal }: ConsumeOptions): Promise<void> {
    const inHand = new Set<Promise<void>>();
    try {
      while (!signal.aborted) {
        if (inHand.size >= concurrency) await Promise.race(inHand);
        const held = signal.aborted ? null : await this.#receiver.receive(PULL_MS, signal);
        if (held === null) continue;
        const task = this.#process(held).finally(() => inHand.delete(task));
        inHand.add(task);
      }
    } finally {
      await Promise.all(inHand);
    }
  }

  async #process(held: HeldMessage): Promise<void> {
    const { logger } = this.#wire.connection;
    try {
      await this.#settle(held, await this.#judge(held));
    } catch (error) {
      logger.error(
        { err: error, subject: held.subject },
        'a message could not be settled; it will come again',
      );
      await held.nak(backoffMs(held.deliveries));
    }
  }

  async #judge(held: HeldMessage): Promise<Settlement> {
    using _alive = held.keepAlive();
    try {
      const parsed = await fromWire(held, this.#definitions, this.#wire.store);
      return settlementOf(await this.#handle(toDelivery(this.#wire, this.#receiver.stream, held, parsed)));
    } catch (thrown) {
      const { deliveries, sequence, subject } = held;
      const settlement = settlementOfThrown(thrown, {
        deliveries,
        surprisedBefore: this.#surprised.has(sequence),
      });
      this.#remember(sequence, isSurprise(thrown) && settlement.kind === 'nak');
      this.#wire.connection.logger.warn(
        { err: thrown, subject, deliveries, settlement: settlement.kind },
        'handling failed',
      );
      return settlement;
    }
  }

  #remember(sequence: number, surprised: boolean): void {
    if (!surprised) return;
    this.#surprised.add(sequence);
    const [oldest] = this.#surprised;
    if (this.#surprised.size > REMEMBERED && oldest !== undefined) this.#surprised.delete(oldest);
  }

  async #settle(held: HeldMessage, settlement: Settlement): Promise<void> {
    const { connection } = this.#wire;
    if (!held.owned()) {
      connection.logger.warn(
        { subject: held.subject },
        'ownership was lost while handling: nothing is answered',
      );
      return;
    }
    switch (settlement.kind) {
      case 'ack':
        await held.ack();
        break;
      case 'nak':
        connection.logger.debug({ subject: held.subject, ...settlement }, 'a message is given back');
        await held.nak(settlement.delayMs);
        break;
      case 'dead-letter':
        await sendDeadLetter(this.#wire, this.#receiver.stream, held, settlement.reason);
        await held.ack();
        break;
    }
  }
}
