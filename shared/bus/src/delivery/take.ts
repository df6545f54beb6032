/** One message at a time, for who pulls only when there is room for the work it asks for. */
import type { MessageDefinition } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import type { Wire } from '../streams/publish.ts';
import type { Body, Definitions } from '../streams/streams.ts';
import { fromWire } from '../streams/wire-message.ts';
import { sendDeadLetter } from './dead-letter.ts';
import type { Delivery } from './delivery.ts';
import type { HeldMessage } from './held-message.ts';
import { type Receiver, toDelivery } from './receive.ts';
import { backoffMs } from './settlement.ts';

export async function take<Definition extends MessageDefinition>(
  wire: Wire,
  receiver: Receiver,
  definitions: Definitions<Definition>,
  wait: { readonly expiresMs: number; readonly signal: AbortSignal },
): Promise<Delivery<Body<Definition>> | null> {
  const until = performance.now() + wait.expiresMs;
  for (let left = wait.expiresMs; left >= 0; left = until - performance.now()) {
    const held = await receiver.receive(left, wait.signal);
    if (held === null) return null;
    // A large body is fetched while the ack timer runs.
    using _alive = held.keepAlive();
    try {
      return toDelivery(wire, receiver.stream, held, await fromWire(held, definitions, wire.store));
    } catch (error) {
      await putAside(wire, receiver.stream, held, error);
    }
  }
  return null;
}

/** What cannot be parsed never will be; what cannot be fetched may be later. */
async function putAside(wire: Wire, stream: string, held: HeldMessage, error: unknown): Promise<void> {
  if (error instanceof PermanentFailure) {
    await sendDeadLetter(wire, stream, held, `${error.kind}: ${error.message}`);
    await held.ack();
  } else {
    wire.connection.logger.warn({ err: error, subject: held.subject }, 'a message is given back');
    await held.nak(backoffMs(held.deliveries));
  }
}
