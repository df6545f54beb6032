/**
 * A tree out of the store into a folder, and nowhere else.
 *
 * The manifest is a stranger's: its paths have been parsed as relative, and must not use a file as a folder. The
 * folder may hold a stranger's links: no component below it is followed, files come under a new name and are renamed.
 */
import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type StoreName, type TreeManifest, type TreeRef, treeManifest } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import { type Blobs, MAX_BLOB_BYTES, writeWhole } from './blobs.ts';
import { inParallel } from './in-parallel.ts';
import { joined } from './joined.ts';
import { parseJson } from './parse-json.ts';
import { finishFile, keepWhole } from './resume-tree.ts';

type TreeFile = TreeManifest['files'][number];

const FILES_AT_ONCE = 4;

export async function readManifest(blobs: Blobs, ref: TreeRef): Promise<TreeManifest> {
  const bytes = await blobs.bytes({ store: ref.store, sha256: ref.sha256, size: null });
  const parsed = treeManifest.safeParse(parseJson(bytes));
  if (!parsed.success) throw hostile(ref, parsed.error.issues[0]?.message ?? 'not a manifest');
  const { files } = parsed.data;
  if (files.reduce((sum, file) => sum + file.size, 0) !== ref.size) throw hostile(ref, 'sizes do not add up');
  for (const file of files) {
    if (file.parts.reduce((sum, part) => sum + part.size, 0) !== file.size) {
      throw hostile(ref, `the parts of ${file.path} do not add up`);
    }
  }
  refuseOverlaps(ref, files);
  return parsed.data;
}

/** `model` as a file and `model/weights` beside it, or the same path twice. */
function refuseOverlaps(ref: TreeRef, files: readonly TreeFile[]): void {
  const paths = new Set(files.map((file) => file.path));
  if (paths.size !== files.length) throw hostile(ref, 'a path occurs twice');
  for (const path of paths) {
    for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
      if (paths.has(parent)) throw hostile(ref, `${parent} is a file and a folder`);
    }
  }
}

export async function writeTree(
  blobs: Blobs,
  store: StoreName,
  files: readonly TreeFile[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const folders = new FolderMaker(folder);
  // One after another, so that a shared parent is made once.
  for (const file of files) await folders.make(dirname(file.path));
  await inParallel(FILES_AT_ONCE, files, (file) =>
    writeWhole(join(folder, file.path), filePieces(blobs, store, file), file.executable ? 0o755 : 0o644),
  );
}

export async function readTreeFile(blobs: Blobs, store: StoreName, file: TreeFile): Promise<Uint8Array> {
  if (file.size > MAX_BLOB_BYTES) {
    throw new PermanentFailure('too-large', `${file.path} has ${file.size} bytes: too large for memory.`);
  }
  return await joined(filePieces(blobs, store, file));
}

/** As `writeTree`, in a folder of the caller's own where an earlier fetch of the tree may have been cut off. */
export async function resumeTree(
  blobs: Blobs,
  store: StoreName,
  files: readonly TreeFile[],
  folder: string,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const missing = await keepWhole(folder, files);
  const folders = new FolderMaker(folder);
  for (const file of missing) await folders.make(dirname(file.path));
  await inParallel(FILES_AT_ONCE, missing, (file) => finishFile(blobs, store, file, join(folder, file.path)));
}

async function* filePieces(blobs: Blobs, store: StoreName, file: TreeFile): AsyncGenerator<Uint8Array> {
  const whole = createHash('sha256');
  for (const part of file.parts) {
    for await (const piece of blobs.pieces({ store, ...part })) {
      whole.update(piece);
      yield piece;
    }
  }
  if (whole.digest('hex') === file.sha256) return;
  throw new PermanentFailure('corrupt-content', `${file.path} is not what its manifest says.`);
}

/** Makes folders below a root, one level at a time, and refuses a level that is anything but a folder. */
class FolderMaker {
  readonly #root: string;
  readonly #made = new Set(['.']);

  constructor(root: string) {
    this.#root = root;
  }

  async make(path: string): Promise<void> {
    if (this.#made.has(path)) return;
    await this.make(dirname(path));
    const full = join(this.#root, path);
    await mkdirOnce(full);
    if (!(await lstat(full)).isDirectory()) {
      throw new PermanentFailure('unsafe-entry', `${full} is a link or a file where a folder must be.`);
    }
    this.#made.add(path);
  }
}

async function mkdirOnce(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

const hostile = (ref: TreeRef, what: string) =>
  new PermanentFailure('corrupt-content', `The tree ${ref.sha256} in ${ref.store} is refused: ${what}.`);
