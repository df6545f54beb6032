/** What every place of content must do, whatever it is made of. */
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BlobRef } from '@modelwright/contracts';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BlobStore } from '../store/blob-store.ts';
import { createContentStore } from '../store/create-content-store.ts';

const MiB = 1024 * 1024;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

export interface PlaceUnderTest extends AsyncDisposable {
  readonly blobs: BlobStore;
  /** Puts bytes into `artifacts` under a name that is not theirs, as a stranger would. */
  plant(name: string, bytes: Uint8Array): Promise<void>;
}

/** The tests, to be called inside a `describe`. */
export function itKeepsContent(open: () => Promise<PlaceUnderTest>): void {
  let place: PlaceUnderTest;
  let folder: TemporaryFolder;
  const at = (...parts: string[]) => join(folder.path, ...parts);
  const store = () => createContentStore(place.blobs);
  const named = (text: string) => ({ store: 'artifacts' as const, sha256: sha256(text) });

  beforeAll(async () => {
    place = await open();
  });
  afterAll(() => place[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  it.each([0, 1, 512 * 1024 + 1, 8 * MiB, 8 * MiB + 1, 33 * MiB + 7])(
    'keeps a blob of %i bytes',
    async (size) => {
      const bytes = randomBytes(size);
      const ref = await store().putBytes('artifacts', bytes);
      expect(await place.blobs.sizeOf(ref)).toBe(size);
      expect(sha256(await store().getBytes(ref))).toBe(sha256(bytes));
    },
  );

  it('keeps the same content once when several put it at once', async () => {
    const bytes = randomBytes(9 * MiB);
    const refs = await Promise.all([1, 2, 3].map(() => store().putBytes('artifacts', bytes)));
    expect(new Set(refs.map((ref) => ref.sha256)).size).toBe(1);
    for (const ref of refs) expect(sha256(await store().getBytes(ref))).toBe(ref.sha256);
  });

  it('keeps stores apart', async () => {
    const ref = await store().putBytes('datasets', Buffer.from('a table'));
    await expect(store().getBytes({ ...ref, store: 'workspaces' })).rejects.toMatchObject({
      kind: 'missing-content',
    });
  });

  it('says so when content is missing', async () => {
    const ref: BlobRef = { kind: 'blob', ...named('nowhere'), size: 7 };
    expect(await place.blobs.sizeOf(ref)).toBeNull();
    await expect(store().getFile(ref, at('out'))).rejects.toMatchObject({ kind: 'missing-content' });
  });

  it('refuses what is not what its name says, and leaves no file of it', async () => {
    await place.plant(sha256('honest'), Buffer.from('forged'));
    const ref: BlobRef = { kind: 'blob', ...named('honest'), size: 6 };
    await expect(store().getBytes(ref)).rejects.toMatchObject({ kind: 'corrupt-content' });
    await expect(store().getFile(ref, at('out'))).rejects.toMatchObject({ kind: 'corrupt-content' });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('refuses what is longer or shorter than was promised', async () => {
    const ref = await store().putBytes('artifacts', Buffer.from('twelve bytes'));
    await expect(store().getBytes({ ...ref, size: 11 })).rejects.toMatchObject({ kind: 'corrupt-content' });
    await expect(store().getBytes({ ...ref, size: 13 })).rejects.toMatchObject({ kind: 'corrupt-content' });
  });

  it('replaces what lies under the name with another length', async () => {
    await place.plant(sha256('whole again'), Buffer.from('half'));
    const ref = await store().putBytes('artifacts', Buffer.from('whole again'));
    expect(Buffer.from(await store().getBytes(ref)).toString()).toBe('whole again');
  });

  it.each([1 * MiB, 20 * MiB])('never shows what could not be read to its end, of %i bytes', async (size) => {
    const bytes = randomBytes(size);
    const name = { store: 'artifacts' as const, sha256: sha256(bytes) };
    const broken = {
      size,
      label: 'a file',
      *pieces() {
        for (let start = 0; start + MiB / 2 < size; start += MiB / 2)
          yield bytes.subarray(start, start + MiB / 2);
        throw new Error('the disk is gone');
      },
    };
    await expect(place.blobs.write(name, broken)).rejects.toThrow('the disk is gone');
    expect(await place.blobs.sizeOf(name)).toBeNull();
    expect(await place.blobs.open(name)).toBeNull();
    await store().putBytes('artifacts', bytes);
    expect(await place.blobs.sizeOf(name)).toBe(size);
  });

  it('carries folders', async () => {
    await mkdir(at('in', 'deep'), { recursive: true });
    await writeFile(at('in', 'deep', 'ü b.bin'), randomBytes(40 * MiB));
    await writeFile(at('in', 'run.sh'), '#!');
    await chmod(at('in', 'run.sh'), 0o700);
    const ref = await store().putTree('datasets', at('in'));
    await store().getTree(ref, at('out'));
    expect(sha256(await readFile(at('out', 'deep', 'ü b.bin')))).toBe(
      sha256(await readFile(at('in', 'deep', 'ü b.bin'))),
    );
    expect((await stat(at('out', 'run.sh'))).mode & 0o111).not.toBe(0);
  });
}
