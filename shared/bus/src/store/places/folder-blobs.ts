/**
 * The port `BlobStore` over a folder that all hosts share, such as an NFS mount.
 *
 *     <root>/modelwright-content.json        which place this is
 *     <root>/<store>/<two digits>/<sha256>   the blobs
 *     <root>/<store>/incoming/               what is being written
 *
 * A blob is written under a name of its own in `incoming`, brought to the disk, and renamed: readers see all of it or
 * nothing. What a killed process left there is removed a day later.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { StoreName } from '@modelwright/contracts';
import type { BlobName, OpenBlob, Source } from '../blob-store.ts';
import { piecesOf } from '../digest.ts';
import { failureCode, throughFolder, unlessMissing } from './folder-failure.ts';
import { MARK_NAME, type OutsideBlobs } from './outside-blobs.ts';

const INCOMING = 'incoming';
const ABANDONED_AFTER_MS = 24 * 3_600_000;

export class FolderBlobs implements OutsideBlobs {
  readonly #root: string;
  /** Stores whose `incoming` has been tidied by this process. */
  readonly #tidied = new Map<StoreName, Promise<void>>();

  /** @param root Absolute; it must exist: a mount point that is missing is never made up for. */
  constructor(root: string) {
    this.#root = root;
  }

  sizeOf(name: BlobName): Promise<number | null> {
    return throughFolder(this.#root, `look for ${name.sha256}`, async () => {
      const found = await unlessMissing(stat(this.#pathOf(name)));
      if (found === null) await readdir(this.#root);
      return found?.size ?? null;
    });
  }

  write(name: BlobName, source: Source): Promise<void> {
    return throughFolder(this.#root, `store ${source.label}`, async () => {
      await this.#prepare(name);
      const draft = join(this.#root, name.store, INCOMING, `${name.sha256}.${randomUUID()}`);
      try {
        await writeToDisk(draft, source);
        await rename(draft, this.#pathOf(name));
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    });
  }

  open(name: BlobName): Promise<OpenBlob | null> {
    return throughFolder(this.#root, `read ${name.sha256}`, async () => {
      const file = await unlessMissing(open(this.#pathOf(name), constants.O_RDONLY | constants.O_NOFOLLOW));
      if (file === null) return null;
      const { size } = await file.stat();
      return {
        size,
        pieces: () => piecesThrough(this.#root, file, size),
        [Symbol.asyncDispose]: () => file.close(),
      };
    });
  }

  readMark(): Promise<string | null> {
    return throughFolder(this.#root, 'read its mark', async () => {
      await readdir(this.#root);
      return await unlessMissing(readFile(join(this.#root, MARK_NAME), 'utf8'));
    });
  }

  writeMark(text: string): Promise<void> {
    return throughFolder(this.#root, 'mark it', async () => {
      try {
        await writeFile(join(this.#root, MARK_NAME), text, { flag: 'wx' });
      } catch (error) {
        if (failureCode(error) !== 'EEXIST') throw error;
      }
    });
  }

  #pathOf({ store, sha256 }: BlobName): string {
    return join(this.#root, store, sha256.slice(0, 2), sha256);
  }

  /** Makes the folders below the root, one level at a time: a root that has gone is not made anew. */
  async #prepare({ store, sha256 }: BlobName): Promise<void> {
    const below = join(this.#root, store);
    for (const folder of [below, join(below, INCOMING), join(below, sha256.slice(0, 2))])
      await makeOnce(folder);
    const tidying = this.#tidied.get(store) ?? removeAbandoned(join(below, INCOMING));
    this.#tidied.set(store, tidying);
    await tidying;
  }
}

async function makeOnce(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (failureCode(error) !== 'EEXIST') throw error;
  }
}

async function writeToDisk(path: string, source: Source): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    for await (const piece of source.pieces()) await file.writeFile(piece);
    // A rename may reach the disk before what it names.
    await file.sync();
  } finally {
    await file.close();
  }
}

async function* piecesThrough(root: string, file: FileHandle, size: number): AsyncGenerator<Uint8Array> {
  const pieces = piecesOf(file, 0, size);
  for (;;) {
    const next = await throughFolder(root, 'read', () => pieces.next());
    if (next.done === true) return;
    yield next.value;
  }
}

async function removeAbandoned(incoming: string): Promise<void> {
  const before = Date.now() - ABANDONED_AFTER_MS;
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await unlessMissing(stat(path));
    if (found !== null && found.mtimeMs < before) await rm(path, { force: true });
  }
}
