import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeRef } from '@modelwright/contracts';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlobName, BlobStore, OpenBlob, Source } from './blob-store.ts';
import type { ContentStore } from './content-store.ts';
import { createContentStore } from './create-content-store.ts';
import { FolderBlobs } from './places/folder-blobs.ts';

const MiB = 1024 * 1024;

/** Breaks off when so many blobs have been read. */
class BreakingBlobs implements BlobStore {
  left = Number.POSITIVE_INFINITY;
  opened = 0;
  readonly #blobs: BlobStore;

  constructor(blobs: BlobStore) {
    this.#blobs = blobs;
  }

  sizeOf(name: BlobName): Promise<number | null> {
    return this.#blobs.sizeOf(name);
  }

  write(name: BlobName, source: Source): Promise<void> {
    return this.#blobs.write(name, source);
  }

  open(name: BlobName): Promise<OpenBlob | null> {
    if (this.left === 0) return Promise.reject(new Error('the line is cut'));
    this.left -= 1;
    this.opened += 1;
    return this.#blobs.open(name);
  }
}

describe('a tree whose fetch was cut off', () => {
  let folder: TemporaryFolder;
  let blobs: BreakingBlobs;
  let store: ContentStore;
  let ref: TreeRef;
  const at = (...parts: string[]) => join(folder.path, ...parts);
  const fetch = () => store.getTree(ref, at('out'), { resume: true });
  const names = async () => (await readdir(at('out'), { recursive: true })).sort();
  const expectWhole = async () => {
    expect(await names()).toEqual(['big', 'sub', 'sub/a', 'sub/run']);
    for (const name of ['big', 'sub/a', 'sub/run']) {
      expect((await readFile(at('out', name))).equals(await readFile(at('in', name)))).toBe(true);
    }
    expect((await stat(at('out', 'sub', 'run'))).mode & 0o111).not.toBe(0);
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
    await mkdir(at('places'));
    await mkdir(at('in', 'sub'), { recursive: true });
    // Three parts and a manifest.
    await writeFile(at('in', 'big'), Buffer.concat([randomBytes(MiB), Buffer.alloc(64 * MiB)]));
    await writeFile(at('in', 'sub', 'a'), 'a');
    await writeFile(at('in', 'sub', 'run'), '#!', { mode: 0o755 });
    blobs = new BreakingBlobs(new FolderBlobs(at('places')));
    store = createContentStore(blobs);
    ref = await store.putTree('datasets', at('in'));
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it('is finished without fetching again what has come, within a large file too', async () => {
    // The manifest, the two small files, and two of the large one's three parts.
    blobs.left = 5;
    await expect(fetch()).rejects.toThrow('the line is cut');
    expect(await names()).toEqual(['big\\.part', 'sub', 'sub/a', 'sub/run']);
    blobs.left = Number.POSITIVE_INFINITY;
    blobs.opened = 0;
    await fetch();
    expect(blobs.opened).toBe(2);
    await expectWhole();
  });

  it('is fetched anew where what lies there is something else', async () => {
    await fetch();
    await writeFile(at('out', 'sub', 'a'), 'b');
    await truncate(at('out', 'big'), 10 * MiB);
    await writeFile(at('out', 'sub', 'run\\.part'), 'longer than the file is');
    await writeFile(at('out', 'stray\\.part'), '');
    await mkdir(at('out', 'empty', 'deep'), { recursive: true });
    await fetch();
    await expectWhole();
  });

  it('follows no link that lies there', async () => {
    await mkdir(at('out'));
    await writeFile(at('victim'), 'old');
    await symlink(at('victim'), at('out', 'big'));
    await symlink(at('victim'), at('out', 'sub'));
    await symlink(at('victim'), at('out', 'big\\.part'));
    await fetch();
    await expectWhole();
    expect(await readFile(at('victim'), 'utf8')).toBe('old');
  });

  it('costs nothing but its manifest when it is whole', async () => {
    await fetch();
    blobs.opened = 0;
    await fetch();
    expect(blobs.opened).toBe(1);
    await expectWhole();
  });
});
