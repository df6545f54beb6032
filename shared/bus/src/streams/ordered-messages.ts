/**
 * A stream's messages in order, for ever.
 *
 * They come in batches through an ephemeral consumer. Whatever happens to it (a lost connection, a server that has
 * forgotten it, a message that is missing), it is made anew at the next sequence; so there is no gap. Sequences only
 * grow, whatever is delivered twice; so there is no repeat.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { AckPolicy, DeliverPolicy } from '@nats-io/jetstream';
import { type MsgHdrs, nuid } from 'nats';
import type { Connection } from '../connection/connection.ts';
import { persist } from '../connection/persist.ts';
import { PermanentFailure } from '../failure.ts';
import { pullBatch } from './pull-batch.ts';

export interface OrderedOptions {
  readonly stream: string;
  readonly filter: string;
  /** Exclusive. */
  readonly after: number;
  /** Start with the last message of every subject instead of with all. */
  readonly lastPerSubject?: boolean;
  readonly signal: AbortSignal;
}

export interface OrderedMessage {
  readonly subject: string;
  readonly sequence: number;
  /** Milliseconds since the epoch, by the server's clock. */
  readonly time: number;
  readonly headers: MsgHdrs | undefined;
  readonly data: Uint8Array;
}

const PAUSE_MS = 250;
/** After which the server forgets a consumer whose reader is gone. */
const INACTIVE_NANOS = 60_000_000_000;

export async function* orderedMessages(
  connection: Connection,
  options: OrderedOptions,
): AsyncGenerator<OrderedMessage> {
  const { stream, signal } = options;
  let after = options.after;
  while (!signal.aborted) {
    const consumer = await Promise.race([makeConsumer(connection, options, after), aborted(signal)]);
    if (consumer === null) continue;
    try {
      for await (const message of pullBatch(connection, { stream, consumer }, signal)) {
        if (message.sequence <= after) continue;
        after = message.sequence;
        yield message;
      }
    } finally {
      forget(connection, stream, consumer);
    }
  }
}

/** Resolves to null, as for a consumer that could not be made. */
const aborted = async (signal: AbortSignal): Promise<null> => {
  if (!signal.aborted) await once(signal, 'abort');
  return null;
};

/** Null, after a pause, when it could not be made now. */
async function makeConsumer(
  connection: Connection,
  { stream, filter, lastPerSubject }: OrderedOptions,
  after: number,
): Promise<string | null> {
  const name = `follow_${nuid.next()}`;
  const from =
    lastPerSubject === true && after === 0
      ? { deliver_policy: DeliverPolicy.LastPerSubject }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 };
  const config = {
    name,
    ...from,
    filter_subject: filter,
    ack_policy: AckPolicy.None,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: INACTIVE_NANOS,
  };
  try {
    await persist(connection, `follow stream ${stream}`, () => connection.jsm.consumers.add(stream, config));
    return name;
  } catch (error) {
    if (error instanceof PermanentFailure || connection.nc.isClosed()) throw error;
    connection.logger.warn({ err: error, stream }, 'following is interrupted');
    await delay(PAUSE_MS);
    return null;
  }
}

/** The server forgets it by itself as well, only later. */
function forget({ jsm, logger, nc }: Connection, stream: string, consumer: string): void {
  if (nc.isClosed() || nc.isDraining()) return;
  jsm.consumers.delete(stream, consumer).catch((error: unknown) => {
    logger.debug({ err: error, consumer }, 'a follower was not taken away');
  });
}
