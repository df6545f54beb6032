/**
 * A tree into a folder where an earlier fetch of it was cut off.
 *
 * Files that are whole stay; of the others lies what had come in `<path>\.part`, of which those parts stay that are what
 * the manifest says. Everything is hashed before it is believed, and what does not belong to the tree is removed.
 */
import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreName, TreeManifest } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import type { Blobs } from './blobs.ts';
import { piecesOf } from './digest.ts';

type TreeFile = TreeManifest['files'][number];

/** No file of a tree has a backslash in its path, so no other file is taken for a draft. */
const DRAFT = '\\.part';

/** Removes what is not of the tree; says which of its files are still to be fetched. */
export async function keepWhole(folder: string, files: readonly TreeFile[]): Promise<TreeFile[]> {
  const missing = new Map(files.map((file) => [file.path, file]));
  const found = await tidied(folder, '', (path) => missing.has(fileOf(path)));
  for (const path of found.filter((one) => fileOf(one) === one)) {
    const file = missing.get(path);
    if (file !== undefined && (await isWhole(join(folder, path), file))) missing.delete(path);
    else await rm(join(folder, path));
  }
  const drafts = found.filter((path) => fileOf(path) !== path);
  for (const path of drafts) if (!missing.has(fileOf(path))) await rm(join(folder, path));
  return [...missing.values()];
}

/** Of the draft of a file, or of itself. */
const fileOf = (path: string) => (path.endsWith(DRAFT) ? path.slice(0, -DRAFT.length) : path);

/** Goes on with one file; what comes is verified part by part, and the whole before it gets its name. */
export async function finishFile(
  blobs: Blobs,
  store: StoreName,
  file: TreeFile,
  path: string,
): Promise<void> {
  const draft = `${path}${DRAFT}`;
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const handle = await open(draft, flags, file.executable ? 0o755 : 0o644);
  try {
    await fill(handle, blobs, store, file);
  } finally {
    await handle.close();
  }
  await rename(draft, path);
}

async function fill(handle: FileHandle, blobs: Blobs, store: StoreName, file: TreeFile): Promise<void> {
  let whole = createHash('sha256');
  let at = 0;
  let isKept = true;
  for (const part of file.parts) {
    const kept = isKept ? await continued(whole, handle, { start: at, ...part }) : null;
    if (kept === null) {
      if (isKept) await handle.truncate(at);
      isKept = false;
      let end = at;
      for await (const piece of blobs.pieces({ store, ...part })) {
        whole.update(piece);
        await writeAt(handle, piece, end);
        end += piece.length;
      }
    } else {
      whole = kept;
    }
    at += part.size;
  }
  await handle.truncate(at);
  if (whole.digest('hex') === file.sha256) return;
  await handle.truncate(0);
  throw new PermanentFailure('corrupt-content', `${file.path} is not what its manifest says.`);
}

async function writeAt(handle: FileHandle, piece: Uint8Array, start: number): Promise<void> {
  for (let written = 0; written < piece.length; ) {
    const left = piece.length - written;
    written += (await handle.write(piece, written, left, start + written)).bytesWritten;
  }
}

/** The hash gone on with over the part as it lies there; null when that is not the part. */
async function continued(
  whole: Hash,
  handle: FileHandle,
  part: { readonly start: number; readonly size: number; readonly sha256: string },
): Promise<Hash | null> {
  const further = whole.copy();
  const own = createHash('sha256');
  for await (const piece of piecesOf(handle, part.start, part.size)) {
    further.update(piece);
    own.update(piece);
  }
  return own.digest('hex') === part.sha256 ? further : null;
}

/** The files below a folder; whatever else is there, links too, is removed. */
async function tidied(folder: string, inside: string, belongs: (path: string) => boolean): Promise<string[]> {
  const kept: string[] = [];
  for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
    const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory() && !belongs(path)) {
      const below = await tidied(folder, path, belongs);
      if (below.length > 0) kept.push(...below);
      else await rm(join(folder, path), { recursive: true });
    } else if (entry.isFile() && belongs(path)) kept.push(path);
    else await rm(join(folder, path), { recursive: true });
  }
  return kept;
}

async function isWhole(path: string, { size, sha256 }: TreeFile): Promise<boolean> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    if ((await handle.stat()).size !== size) return false;
    const hash = createHash('sha256');
    for await (const piece of piecesOf(handle, 0, size)) hash.update(piece);
    return hash.digest('hex') === sha256;
  } finally {
    await handle.close();
  }
}
