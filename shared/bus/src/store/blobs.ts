/** Blobs: objects whose name is the sha256 of their bytes. */
import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { BlobRef, StoreName } from '@modelwright/contracts';
import { PermanentFailure, TransientFailure } from '../failure.ts';
import type { BlobStore, Source } from './blob-store.ts';
import { piecesOf, sha256Of } from './digest.ts';
import { joined } from './joined.ts';
import { CHUNK_BYTES } from './objects.ts';

export const MAX_BLOB_BYTES = 64 * 1024 * 1024;

/** What is asked for. A tree's reference does not say how large its manifest is: then `size` is null. */
export interface Content {
  readonly store: StoreName;
  readonly sha256: string;
  readonly size: number | null;
}

export class Blobs {
  readonly #store: BlobStore;
  /** Uploads under way, so that the same content is not sent twice at once. */
  readonly #uploads = new Map<string, Promise<void>>();

  constructor(store: BlobStore) {
    this.#store = store;
  }

  /** Stores what is not there yet. `sha256` is known when the bytes have been hashed already. */
  async put(store: StoreName, source: Source, sha256: string): Promise<BlobRef> {
    if (source.size > MAX_BLOB_BYTES) {
      throw new PermanentFailure(
        'too-large',
        `${source.label} has ${source.size} bytes; a blob has at most ${MAX_BLOB_BYTES}. Store it as a tree.`,
      );
    }
    const key = `${store}/${sha256}`;
    const upload = this.#uploads.get(key) ?? this.#upload(store, source, sha256);
    this.#uploads.set(key, upload);
    try {
      await upload;
    } finally {
      this.#uploads.delete(key);
    }
    return { kind: 'blob', store, sha256, size: source.size };
  }

  /** The blob's pieces; throws after the last one when they are not what the reference names. */
  async *pieces(ref: Content): AsyncGenerator<Uint8Array> {
    const { store, sha256, size } = ref;
    await using found = await this.#store.open(ref);
    if (found === null) throw new PermanentFailure('missing-content', `There is no ${sha256} in ${store}.`);
    if (found.size > MAX_BLOB_BYTES) throw corrupt(ref, `has ${found.size} bytes, more than a blob may`);
    if (size !== null && found.size !== size)
      throw corrupt(ref, `has ${found.size} bytes instead of ${size}`);
    const hash = createHash('sha256');
    let received = 0;
    for await (const piece of found.pieces()) {
      received += piece.length;
      if (received > found.size) throw corrupt(ref, 'is longer than it says');
      hash.update(piece);
      yield piece;
    }
    if (hash.digest('hex') !== sha256) throw corrupt(ref, 'is not what its name says');
  }

  async bytes(ref: Content): Promise<Uint8Array> {
    return await joined(this.pieces(ref));
  }

  async #upload(store: StoreName, source: Source, sha256: string): Promise<void> {
    if ((await this.#store.sizeOf({ store, sha256 })) === source.size) return;
    await this.#store.write({ store, sha256 }, unchanged(source, sha256));
  }
}

/** The source, whose pieces throw at their end when they were not what they had been: so they are never stored. */
function unchanged(source: Source, sha256: string): Source {
  return {
    ...source,
    async *pieces() {
      const hash = createHash('sha256');
      for await (const piece of source.pieces()) {
        hash.update(piece);
        yield piece;
      }
      if (hash.digest('hex') === sha256) return;
      throw new TransientFailure('changed-content', `${source.label} changed while it was read.`);
    },
  };
}

const corrupt = (ref: Content, what: string) =>
  new PermanentFailure('corrupt-content', `${ref.sha256} in ${ref.store} ${what}.`);

export function bytesSource(bytes: Uint8Array, label: string): Source & { readonly sha256: string } {
  return {
    size: bytes.length,
    label,
    sha256: sha256Of(bytes),
    *pieces() {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
    },
  };
}

/** `length` bytes of an open file from `start` on. */
export const fileSource = (file: FileHandle, label: string, start: number, length: number): Source => ({
  size: length,
  label,
  pieces: () => piecesOf(file, start, length),
});

/** Writes pieces under a temporary name beside `path`, and renames when all have come; leaves nothing otherwise. */
export async function writeWhole(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  mode: number,
): Promise<void> {
  const temporary = `${path}.${randomUUID()}.part`;
  try {
    // 'wx' follows no link: the name must not exist.
    const file = await open(temporary, 'wx', mode);
    try {
      for await (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
