/** Opens the bus: one connection, and every port over it. */
import type { Bus, BusOptions } from './bus.ts';
import { closeConnection, openConnection } from './connection/connection.ts';
import { JetStreamRecords } from './records/jetstream-records.ts';
import { createContentStore } from './store/create-content-store.ts';
import { JetStreamBlobs } from './store/jetstream-blobs.ts';
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
  const store = createContentStore(new JetStreamBlobs(connection));
  return {
    streams: createStreams({ connection, store }),
    store,
    records: (bucket, schema) => new JetStreamRecords(connection, bucket, schema),
    applyTopology: (topology = {}) => applyAndMark(connection, options.ackWaitMs, topology),
    awaitTopology: (signal) => awaitMark(connection, signal),
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
