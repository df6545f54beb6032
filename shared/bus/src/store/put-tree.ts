/** A folder into the store: every file cut into parts, then the manifest, whose sha256 names the tree. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { StoreName, TreeManifest } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import { type Blobs, bytesSource, fileSource } from './blobs.ts';
import type { PutTreeOptions, StoredTree } from './content-store.ts';
import { piecesOf } from './digest.ts';
import { inParallel } from './in-parallel.ts';
import { findFiles, openRegular } from './tree-files.ts';

type TreeFile = TreeManifest['files'][number];

/** Half of what a blob may have: every stored object stays small. */
const PART_BYTES = 32 * 1024 * 1024;
const FILES_AT_ONCE = 4;

export async function putTree(
  blobs: Blobs,
  store: StoreName,
  folder: string,
  options: PutTreeOptions,
): Promise<StoredTree> {
  const { paths, skipped } = await findFiles(folder, options);
  const budget = new ByteBudget(options.maxBytes ?? Number.POSITIVE_INFINITY, folder);
  const files = await inParallel(FILES_AT_ONCE, paths, (path) =>
    putFile(blobs, store, { folder, path, budget }),
  );
  const manifest: TreeManifest = { version: 1, files };
  const source = bytesSource(Buffer.from(JSON.stringify(manifest)), `the manifest of ${folder}`);
  const { sha256 } = await blobs.put(store, source, source.sha256);
  return { kind: 'tree', store, sha256, size: budget.used, skipped };
}

async function putFile(
  blobs: Blobs,
  store: StoreName,
  { folder, path, budget }: { folder: string; path: string; budget: ByteBudget },
): Promise<TreeFile> {
  const { file, size, executable } = await openRegular(join(folder, path));
  try {
    budget.take(size);
    const whole = createHash('sha256');
    const parts: TreeFile['parts'] = [];
    // An empty file has one empty part.
    for (let start = 0; start < size || parts.length === 0; start += PART_BYTES) {
      const length = Math.min(PART_BYTES, size - start);
      const part = createHash('sha256');
      for await (const piece of piecesOf(file, start, length)) {
        whole.update(piece);
        part.update(piece);
      }
      const sha256 = part.digest('hex');
      await blobs.put(store, fileSource(file, path, start, length), sha256);
      parts.push({ sha256, size: length });
    }
    return { path, size, executable, sha256: whole.digest('hex'), parts };
  } finally {
    await file.close();
  }
}

class ByteBudget {
  used = 0;
  readonly #limit: number;
  readonly #folder: string;

  constructor(limit: number, folder: string) {
    this.#limit = limit;
    this.#folder = folder;
  }

  take(bytes: number): void {
    this.used += bytes;
    if (this.used <= this.#limit) return;
    throw new PermanentFailure(
      'too-large',
      `The files of ${this.#folder} have more than ${this.#limit} bytes.`,
    );
  }
}
