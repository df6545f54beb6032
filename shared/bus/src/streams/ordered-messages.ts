/**
 * A stream's messages in order, for ever: through an ephemeral consumer that is made anew, at the next sequence, when
 * it is lost. Sequences only grow, whatever the server repeats.
 */
import { setTimeout as delay } from 'node:timers/promises';
import {
  type ConsumerMessages,
  DeliverPolicy,
  type JsMsg,
  type OrderedConsumerOptions,
} from '@nats-io/jetstream';
import { asBusFailure } from '../connection/bus-failure.ts';
import type { Connection } from '../connection/connection.ts';
import { PermanentFailure } from '../failure.ts';

export interface OrderedOptions {
  readonly stream: string;
  readonly filter: string;
  /** Exclusive. */
  readonly after: number;
  /** Start with the last message of every subject instead of with all. */
  readonly lastPerSubject?: boolean;
  readonly signal: AbortSignal;
}

const PAUSE_MS = 500;
/** After which the server forgets a consumer whose reader is gone. */
const INACTIVE_NANOS = 60_000_000_000;

export async function* orderedMessages(
  connection: Connection,
  options: OrderedOptions,
): AsyncGenerator<JsMsg> {
  const { signal } = options;
  let after = options.after;
  while (!signal.aborted) {
    let messages: ConsumerMessages | null = null;
    try {
      messages = await open(connection, options, after);
      for await (const message of messages) {
        if (signal.aborted) return;
        if (message.seq <= after) continue;
        after = message.seq;
        yield message;
      }
    } catch (error) {
      const failure = asBusFailure(error, `follow stream ${options.stream}`);
      if (failure instanceof PermanentFailure || connection.nc.isClosed()) throw failure;
      connection.logger.warn({ err: failure }, 'following is interrupted');
    } finally {
      messages?.stop();
    }
    await delay(signal.aborted ? 0 : PAUSE_MS);
  }
}

async function open(
  { js }: Connection,
  { stream, filter, lastPerSubject, signal }: OrderedOptions,
  after: number,
) {
  const from: Partial<OrderedConsumerOptions> =
    lastPerSubject === true && after === 0
      ? { deliver_policy: DeliverPolicy.LastPerSubject }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 };
  const consumer = await js.consumers.get(stream, {
    ...from,
    filter_subjects: filter,
    inactive_threshold: INACTIVE_NANOS,
  });
  const messages = await consumer.consume({ max_messages: 256, expires: 10_000 });
  if (signal.aborted) messages.stop();
  signal.addEventListener('abort', () => messages.stop(), { once: true });
  return messages;
}
