/** From a consumer's name to a message in hand: pulled, and held with the consumer's own ack wait. */
import { setTimeout as delay } from 'node:timers/promises';
import type { MessageDefinition } from '@modelwright/contracts';
import { persist } from '../connection/persist.ts';
import { TransientFailure } from '../failure.ts';
import type { Wire } from '../streams/publish.ts';
import type { Body } from '../streams/streams.ts';
import type { Parsed } from '../streams/wire-message.ts';
import { type ConsumerName, streamOfConsumer } from '../topology/names.ts';
import { sendDeadLetter } from './dead-letter.ts';
import type { Delivery } from './delivery.ts';
import { HeldMessage } from './held-message.ts';
import { pull } from './pull.ts';

const NANOS_PER_MS = 1_000_000;
/** The server wants to be asked again now and then: it may have forgotten a question in a change of leader. */
const LONGEST_PULL_MS = 10_000;
const PAUSE_MS = 250;

export interface Receiver {
  readonly stream: string;
  /** One message, or null when none came in time or the signal came. */
  receive(expiresMs: number, signal: AbortSignal): Promise<HeldMessage | null>;
}

export async function openReceiver({ connection }: Wire, consumer: ConsumerName): Promise<Receiver> {
  const stream = streamOfConsumer(consumer);
  const info = await persist(connection, `look at consumer ${consumer}`, () =>
    connection.jsm.consumers.info(stream, consumer),
  );
  const ackWaitMs = (info.config.ack_wait ?? 0) / NANOS_PER_MS;
  return {
    stream,
    async receive(expiresMs, signal) {
      const until = performance.now() + expiresMs;
      for (let left = expiresMs; !signal.aborted; left = Math.max(0, until - performance.now())) {
        if (connection.nc.isClosed())
          throw new TransientFailure('bus-closed', 'The connection to the bus is closed.');
        const pulled = await pull(connection, { stream, consumer }, Math.min(left, LONGEST_PULL_MS), signal);
        if (pulled.kind === 'message') return new HeldMessage(connection, pulled.message, ackWaitMs);
        if (pulled.kind === 'refused') {
          connection.logger.debug({ consumer, reason: pulled.reason }, 'a pull is refused');
          await delay(PAUSE_MS);
        }
        if (performance.now() >= until) return null;
      }
      return null;
    },
  };
}

/** A held message together with what is in it. */
export function toDelivery<Definition extends MessageDefinition>(
  wire: Wire,
  stream: string,
  held: HeldMessage,
  { envelope, body }: Parsed<Body<Definition>>,
): Delivery<Body<Definition>> {
  return {
    body,
    envelope,
    subject: held.subject,
    sequence: held.sequence,
    deliveries: held.deliveries,
    ackWaitMs: held.ackWaitMs,
    owned: () => held.owned(),
    keepAlive: () => held.keepAlive(),
    ack: () => held.ack(),
    nak: (delayMs) => held.nak(delayMs),
    deadLetter: (reason) => sendDeadLetter(wire, stream, held, reason),
  };
}
