/** The port `Streams` over JetStream. */
import { persist } from '../connection/persist.ts';
import { HandlerLoop } from '../delivery/consume.ts';
import { openReceiver, type Receiver } from '../delivery/receive.ts';
import { take } from '../delivery/take.ts';
import { fullestStream } from '../topology/fullest.ts';
import type { ConsumerName } from '../topology/names.ts';
import { follow } from './follow.ts';
import { append, publish, type Wire } from './publish.ts';
import { depths, last, read, subjects } from './read.ts';
import type { Streams } from './streams.ts';

export function createStreams(wire: Wire): Streams {
  const { connection } = wire;
  const receivers = new Map<ConsumerName, Receiver>();
  const receiverOf = async (consumer: ConsumerName) => {
    const receiver = receivers.get(consumer) ?? (await openReceiver(wire, consumer));
    receivers.set(consumer, receiver);
    return receiver;
  };
  return {
    publish: (publication) => publish(wire, publication),
    append: (publication) => append(wire, publication),
    read: (stream, subject, definitions, after = 0) => read(wire, { stream, subject, after }, definitions),
    last: (stream, subject, definitions) => last(wire, { stream, subject }, definitions),
    depths: (stream, filter) => depths(wire, stream, filter),
    subjects: (stream, filter) => subjects(wire, stream, filter),
    follow: (stream, filter, definitions, { after = 0, signal }) =>
      follow(wire, { stream, filter, after, signal }, definitions),
    async purge(stream, subject) {
      await persist(connection, `purge ${subject}`, () =>
        connection.jsm.streams.purge(stream, { filter: subject }),
      );
    },
    async take(consumer, definitions, expiresMs, signal) {
      return await take(wire, await receiverOf(consumer), definitions, { expiresMs, signal });
    },
    async consume(consumer, definitions, options, handle) {
      await new HandlerLoop(wire, await receiverOf(consumer), definitions, handle).run(options);
    },
    fullest: () => fullestStream(connection),
  };
}
