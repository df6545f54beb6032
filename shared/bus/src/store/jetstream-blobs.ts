/** The port `BlobStore` over JetStream object stores. */
import type { Connection } from '../connection/connection.ts';
import type { BlobName, BlobStore, OpenBlob, Source } from './blob-store.ts';
import { findObject, readObject, writeObject } from './objects.ts';

export class JetStreamBlobs implements BlobStore {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async sizeOf({ store, sha256 }: BlobName): Promise<number | null> {
    return (await findObject(this.#connection, store, sha256))?.size ?? null;
  }

  async write({ store, sha256 }: BlobName, source: Source): Promise<void> {
    await writeObject(this.#connection, { store, name: sha256 }, source.pieces());
  }

  async open({ store, sha256 }: BlobName): Promise<OpenBlob | null> {
    const info = await findObject(this.#connection, store, sha256);
    if (info === null) return null;
    return {
      size: info.size,
      pieces: () => readObject(this.#connection, store, info),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
}
