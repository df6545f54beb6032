/**
 * Objects in JetStream object stores, in the official layout (ADR-20), so that `nats object` can look at them.
 *
 *   $O.<store>.C.<object id>        the chunks, in order
 *   $O.<store>.M.<base64 of name>   the newest object of that name: its id, size, digest
 *
 * Written and read here and not through the client's object store because readers must need no consumer (a grant to
 * make consumers leads to every byte of a store), content must be hashed by the platform, and an object that exists
 * must be noticed without being read.
 */
import { createHash } from 'node:crypto';
import type { StoreName } from '@modelwright/contracts';
import { headers, nuid } from 'nats';
import { z } from 'zod';
import type { Connection } from '../connection/connection.ts';
import { persist } from '../connection/persist.ts';
import { getStored } from '../connection/stored-message.ts';
import { chunkSubject, metaSubject, storeStream } from '../topology/buckets.ts';
import type { Pieces } from './blob-store.ts';
import { parseJson } from './parse-json.ts';

/** Best of those measured on a file store; the server's limit is 1 MiB a message. */
export const CHUNK_BYTES = 512 * 1024;

const objectInfo = z.object({
  name: z.string(),
  nuid: z.string(),
  size: z.int().nonnegative(),
  chunks: z.int().nonnegative(),
  deleted: z.boolean().optional(),
});
export type ObjectInfo = z.infer<typeof objectInfo>;

/** Null when there is no readable object of that name. Asks any replica, by a subject that can be granted on its own. */
export async function findObject(
  connection: Connection,
  store: StoreName,
  name: string,
): Promise<ObjectInfo | null> {
  const found = await persist(connection, `look for ${name} in ${store}`, () =>
    connection.jsm.direct.getMessage(storeStream(store), { last_by_subj: metaSubject(store, name) }),
  );
  if (found === null) return null;
  const info = objectInfo.safeParse(parseJson(found.data));
  return info.success && info.data.deleted !== true ? info.data : null;
}

/** Stores the content under the name. What was written before a failure stays unseen and is never read. */
export async function writeObject(
  connection: Connection,
  at: { readonly store: StoreName; readonly name: string },
  pieces: Pieces,
): Promise<void> {
  const { store, name } = at;
  const id = nuid.next();
  const hash = createHash('sha256');
  let size = 0;
  let chunks = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    size += piece.length;
    chunks += 1;
    // The id drops a chunk that was stored though its answer got lost.
    const msgID = `${id}.${chunks}`;
    await persist(connection, `store a piece of ${name} in ${store}`, () =>
      connection.js.publish(chunkSubject(store, id), piece, { msgID }),
    );
  }
  const info = {
    name,
    bucket: store,
    nuid: id,
    size,
    chunks,
    mtime: new Date().toISOString(),
    digest: `SHA-256=${hash.digest('base64').replaceAll('+', '-').replaceAll('/', '_')}`,
    options: { max_chunk_size: CHUNK_BYTES },
  };
  const rollup = headers();
  rollup.set('Nats-Rollup', 'sub');
  await persist(connection, `store ${name} in ${store}`, () =>
    connection.js.publish(metaSubject(store, name), JSON.stringify(info), { headers: rollup }),
  );
}

/** The object's chunks in order. Ends early when the store lost some: the reader verifies. */
export async function* readObject(
  connection: Connection,
  store: StoreName,
  info: ObjectInfo,
): AsyncGenerator<Uint8Array> {
  let after = 0;
  for (let chunk = 0; chunk < info.chunks; chunk++) {
    const next = await nextChunk(connection, store, info.nuid, after);
    if (next === null) return;
    after = next.sequence;
    yield next.data;
  }
}

/** Any replica first, which sends bytes as they are; the leader when that replica has not seen the chunk yet. */
function nextChunk(connection: Connection, store: StoreName, id: string, after: number) {
  const query = { next_by_subj: chunkSubject(store, id), seq: after + 1 };
  return persist(connection, `read from ${store}`, async () => {
    const direct = await connection.jsm.direct.getMessage(storeStream(store), query);
    if (direct !== null) return { sequence: direct.seq, data: direct.data };
    return await getStored(connection, storeStream(store), query);
  });
}
