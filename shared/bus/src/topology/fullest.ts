/** How full the server is: new runs are refused before anything is. */
import type { Connection } from '../connection/connection.ts';
import { persist } from '../connection/persist.ts';
import { BUCKETS, STORES } from './buckets.ts';
import { STREAMS } from './streams.ts';

/** Streams that discard their oldest messages are full by nature, and not looked at. */
const COUNTED = [...STREAMS, ...BUCKETS, ...STORES].filter((plan) => plan.discard === 'new');

export async function fullestStream(connection: Connection): Promise<{ stream: string; share: number }> {
  const shares = await Promise.all(
    COUNTED.map(async ({ name }) => {
      const { state, config } = await persist(connection, `look at stream ${name}`, () =>
        connection.jsm.streams.info(name),
      );
      return { stream: name, share: config.max_bytes > 0 ? state.bytes / config.max_bytes : 0 };
    }),
  );
  return shares.reduce((fullest, next) => (next.share > fullest.share ? next : fullest));
}
