/**
 * The port to where blobs lie. Three adapters: JetStream object stores, a shared folder, S3.
 *
 * An adapter moves bytes; that they are what their name says is checked above it, for all of them alike (`blobs.ts`).
 * Failures are the two families of `failure.ts`.
 */
import type { StoreName } from '@modelwright/contracts';

export type Pieces = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Where a blob's bytes come from; read more than once. */
export interface Source {
  readonly size: number;
  /** For messages to people. */
  readonly label: string;
  /** Of at most 512 KiB each. */
  pieces(): Pieces;
}

export interface BlobName {
  readonly store: StoreName;
  readonly sha256: string;
}

/** A blob found. Its pieces are read once; disposing of it before they end lets go of what it holds. */
export interface OpenBlob extends AsyncDisposable {
  readonly size: number;
  /** May end early when the store lost some: the reader verifies. */
  pieces(): AsyncIterable<Uint8Array>;
}

export interface BlobStore {
  /** Null when there is none. */
  sizeOf(name: BlobName): Promise<number | null>;
  /**
   * Whole or not at all: when the pieces throw or the process dies, no reader ever sees the name. Replaces what is
   * there with another size; several may write the same at once.
   */
  write(name: BlobName, source: Source): Promise<void>;
  /** Null when there is none. */
  open(name: BlobName): Promise<OpenBlob | null>;
}
