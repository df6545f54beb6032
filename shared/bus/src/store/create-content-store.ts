/** The port `ContentStore` over any store of blobs. */
import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { relativePath, type StoreName, type TreeManifest } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import type { BlobStore } from './blob-store.ts';
import { Blobs, bytesSource, fileSource, MAX_BLOB_BYTES, writeWhole } from './blobs.ts';
import type { ContentStore } from './content-store.ts';
import { piecesOf } from './digest.ts';
import { readManifest, readTreeFile, resumeTree, writeTree } from './get-tree.ts';
import { putTree } from './put-tree.ts';
import { openRegular } from './tree-files.ts';

export function createContentStore(store: BlobStore): ContentStore {
  const blobs = new Blobs(store);
  return {
    async putBytes(store, bytes) {
      const source = bytesSource(bytes, `content for ${store}`);
      return await blobs.put(store, source, source.sha256);
    },
    putFile: (store, path) => putFile(blobs, store, path),
    getBytes: (ref) => blobs.bytes(ref),
    async getFile(ref, path) {
      await mkdir(dirname(path), { recursive: true });
      await writeWhole(path, blobs.pieces(ref), 0o644);
    },
    putTree: (store, folder, options = {}) => putTree(blobs, store, folder, options),
    async getTree(ref, folder, options = {}) {
      const { files } = await readManifest(blobs, ref);
      const write = options.resume === true ? resumeTree : writeTree;
      await write(blobs, ref.store, below(files, options.path), folder);
    },
    async getTreeFile(ref, path) {
      const { files } = await readManifest(blobs, ref);
      const file = files.find((candidate) => candidate.path === path);
      return file === undefined ? null : await readTreeFile(blobs, ref.store, file);
    },
    readManifest: (ref) => readManifest(blobs, ref),
  };
}

async function putFile(blobs: Blobs, store: StoreName, path: string) {
  const { file, size } = await openRegular(path);
  try {
    const hash = createHash('sha256');
    if (size <= MAX_BLOB_BYTES) for await (const piece of piecesOf(file, 0, size)) hash.update(piece);
    return await blobs.put(store, fileSource(file, path, 0, size), hash.digest('hex'));
  } finally {
    await file.close();
  }
}

/** The files of a subfolder, its path stripped; all files without one. */
function below(files: TreeManifest['files'], folder: string | undefined): TreeManifest['files'] {
  if (folder === undefined) return files;
  const prefix = `${relativePath.parse(folder)}/`;
  const inside = files.filter((file) => file.path.startsWith(prefix));
  if (inside.length === 0) throw new PermanentFailure('missing-content', `The tree has no folder ${folder}.`);
  return inside.map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
}
