/**
 * Content named by its sha256, in the object stores. Putting is idempotent, getting verifies: what was tampered with
 * is refused (`corrupt-content`), what is not there is `missing-content`; both are permanent failures.
 */
import type { BlobRef, StoreName, TreeManifest, TreeRef } from '@modelwright/contracts';

export interface PutTreeOptions {
  /** Paths, relative with `/`, to leave out; a folder's path leaves out all below it. */
  readonly exclude?: (path: string) => boolean;
  /** More than that is `too-large`. */
  readonly maxBytes?: number;
  readonly maxFiles?: number;
  /** Links and special files are passed over and counted; without it they are an `unsafe-entry`. */
  readonly skipUnsafe?: boolean;
}

/** A stored folder. */
export interface StoredTree extends TreeRef {
  /** Links and special files passed over; always 0 without `skipUnsafe`. */
  readonly skipped: number;
}

export interface GetTreeOptions {
  /** Only this subfolder, whose path is stripped. */
  readonly path?: string;
  /**
   * Goes on with what an earlier call has left in `folder`, which must be the caller's own: what is whole is kept, what
   * does not belong to the tree is removed.
   */
  readonly resume?: boolean;
}

export interface ContentStore {
  /** At most 64 MiB, here and in `putFile`: more is `too-large`. */
  putBytes(store: StoreName, bytes: Uint8Array): Promise<BlobRef>;
  putFile(store: StoreName, path: string): Promise<BlobRef>;
  getBytes(ref: BlobRef): Promise<Uint8Array>;
  /** Written under a temporary name beside `path`, verified, then renamed. */
  getFile(ref: BlobRef, path: string): Promise<void>;
  /** Regular files of a folder, with their execute bit; files of any size, cut into parts. */
  putTree(store: StoreName, folder: string, options?: PutTreeOptions): Promise<StoredTree>;
  /** Writes the tree's files below `folder`, and nowhere else. */
  getTree(ref: TreeRef, folder: string, options?: GetTreeOptions): Promise<void>;
  /** One file of a tree; null when the tree has no such file. */
  getTreeFile(ref: TreeRef, path: string): Promise<Uint8Array | null>;
  readManifest(ref: TreeRef): Promise<TreeManifest>;
}
