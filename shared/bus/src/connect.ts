/** Opens the bus: one connection, and every port over it. */
import type { Bus, BusOptions } from './bus.ts';
import { closeConnection, openConnection } from './connection/connection.ts';
import { JetStreamRecords } from './records/jetstream-records.ts';
import { createContentStore } from './store/create-content-store.ts';
import { JetStreamBlobs } from './store/jetstream-blobs.ts';
import { NATS } from './store/places/content-place.ts';
import { contentRecord, FarmContent } from './store/places/farm-content.ts';
import { PlacedBlobs } from './store/places/placed-blobs.ts';
import { createStreams } from './streams/jetstream-streams.ts';
import { applyAndMark, awaitMark } from './topology/applied.ts';
import { applyConsumers } from './topology/apply.ts';
import { jobConsumers } from './topology/consumers.ts';

/**
 * Throws a PermanentFailure when the server refuses the user, is too old or has no JetStream, and a TransientFailure
 * when none answers and `waitForServer` is false.
 */
export async function connectBus(options: BusOptions): Promise<Bus> {
  const connection = await openConnection(options);
  const { nc } = connection;
  const content = new FarmContent(
    new JetStreamRecords(connection, 'config', contentRecord),
    options.content ?? null,
  );
  const store = createContentStore(new PlacedBlobs(new JetStreamBlobs(connection), content));
  return {
    streams: createStreams({ connection, store }),
    store,
    records: (bucket, schema) => new JetStreamRecords(connection, bucket, schema),
    applyTopology: (topology = {}) =>
      applyAndMark(connection, options.ackWaitMs, topology, () => content.declare()),
    awaitTopology: (signal) => awaitMark(connection, signal),
    contentPlace: async () => (await content.outside())?.place.text ?? NATS.text,
    async ensureJobConsumers(klass) {
      await applyConsumers(connection, jobConsumers(klass, options.ackWaitMs));
    },
    status: () => ({
      connected: connection.isConnected(),
      server: `${nc.getServer()} (${connection.serverVersion})`,
    }),
    closed: async () => (await nc.closed()) ?? null,
    close: () => closeConnection(connection),
  };
}
