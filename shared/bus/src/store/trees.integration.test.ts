import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeRef } from '@modelwright/contracts';
import { describeOnNatsServers, type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BusOnServer, busOnServer } from '../testing/bus-on-server.ts';
import type { ContentStore } from './content-store.ts';

const MiB = 1024 * 1024;
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

describeOnNatsServers('a stored folder', (server) => {
  let stage: BusOnServer;
  let store: ContentStore;
  let folder: TemporaryFolder;
  const at = (...parts: string[]) => join(folder.path, ...parts);

  beforeAll(async () => {
    stage = await busOnServer(server);
    store = stage.bus.store;
  });
  afterAll(() => stage[Symbol.asyncDispose]());
  beforeEach(async () => {
    folder = await temporaryFolder();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  const plantTree = async (manifest: unknown): Promise<TreeRef> => {
    const bytes = Buffer.from(JSON.stringify(manifest));
    await store.putBytes('artifacts', bytes);
    return { kind: 'tree', store: 'artifacts', sha256: sha256(bytes), size: 5 };
  };

  it('carries a folder with its files, their execute bits and nothing else', async () => {
    await mkdir(at('in', 'deep', 'er'), { recursive: true });
    await mkdir(at('in', 'empty'));
    await writeFile(at('in', 'a.txt'), 'a');
    await writeFile(at('in', 'none'), '');
    await writeFile(at('in', 'deep', 'er', 'ü b.bin'), randomBytes(700_000));
    await writeFile(at('in', 'run.sh'), '#!');
    await chmod(at('in', 'run.sh'), 0o700);
    const ref = await store.putTree('workspaces', at('in'));
    expect(ref).toMatchObject({ kind: 'tree', size: 700_003, skipped: 0 });
    expect(await store.putTree('workspaces', at('in'))).toEqual(ref);
    await store.getTree(ref, at('out'));
    expect((await readdir(at('out'), { recursive: true })).sort()).toEqual(
      ['a.txt', 'deep', 'deep/er', 'deep/er/ü b.bin', 'none', 'run.sh'].sort(),
    );
    expect(await readFile(at('out', 'deep', 'er', 'ü b.bin'))).toEqual(
      await readFile(at('in', 'deep', 'er', 'ü b.bin')),
    );
    expect((await stat(at('out', 'run.sh'))).mode & 0o111).not.toBe(0);
    expect((await stat(at('out', 'a.txt'))).mode & 0o111).toBe(0);
    expect(Buffer.from((await store.getTreeFile(ref, 'a.txt')) ?? []).toString()).toBe('a');
    expect(await store.getTreeFile(ref, 'b.txt')).toBeNull();
  });

  it('cuts a large file into parts, and puts it together again', async () => {
    await mkdir(at('in'));
    await writeFile(at('in', 'big'), Buffer.concat([randomBytes(MiB), Buffer.alloc(40 * MiB)]));
    const ref = await store.putTree('artifacts', at('in'));
    expect((await store.readManifest(ref)).files[0]?.parts.map(({ size }) => size)).toEqual([
      32 * MiB,
      9 * MiB,
    ]);
    await store.getTree(ref, at('out'));
    expect(sha256(await readFile(at('out', 'big')))).toBe(sha256(await readFile(at('in', 'big'))));
  });

  it('leaves out what is excluded, folders with all below', async () => {
    await mkdir(at('in', 'checkpoint', 'x'), { recursive: true });
    await writeFile(at('in', 'checkpoint', 'x', 'w'), '1');
    await writeFile(at('in', 'keep'), '1');
    const ref = await store.putTree('artifacts', at('in'), { exclude: (path) => path === 'checkpoint' });
    expect((await store.readManifest(ref)).files.map(({ path }) => path)).toEqual(['keep']);
  });

  it('gives a subfolder alone, its path stripped', async () => {
    await mkdir(at('in', 'model', 'deep'), { recursive: true });
    await writeFile(at('in', 'model', 'deep', 'w'), 'weights');
    await writeFile(at('in', 'modelling'), 'no');
    const ref = await store.putTree('artifacts', at('in'));
    await store.getTree(ref, at('out'), { path: 'model' });
    expect((await readdir(at('out'), { recursive: true })).sort()).toEqual(['deep', 'deep/w']);
    await expect(store.getTree(ref, at('out'), { path: 'data' })).rejects.toMatchObject({
      kind: 'missing-content',
    });
  });

  it('refuses links and special files, or passes over and counts them', async () => {
    await mkdir(at('in', 'sub'), { recursive: true });
    await writeFile(at('in', 'file'), '1');
    await writeFile(at('in', 'back\\slash'), '1');
    await symlink('/etc/passwd', at('in', 'link'));
    await symlink('/etc', at('in', 'sub', 'folder-link'));
    await expect(store.putTree('artifacts', at('in'))).rejects.toMatchObject({ kind: 'unsafe-entry' });
    const ref = await store.putTree('artifacts', at('in'), { skipUnsafe: true });
    expect(ref.skipped).toBe(3);
    expect((await store.readManifest(ref)).files.map(({ path }) => path)).toEqual(['file']);
    await expect(store.putFile('artifacts', at('in', 'link'))).rejects.toMatchObject({
      kind: 'unsafe-entry',
    });
  });

  it('refuses more bytes or files than allowed, sparse ones without reading them', async () => {
    await mkdir(at('in'));
    await writeFile(at('in', 'a'), '1');
    await truncate(at('in', 'a'), 1024 * 1024 * MiB);
    await expect(store.putTree('artifacts', at('in'), { maxBytes: 10 * MiB })).rejects.toMatchObject({
      kind: 'too-large',
    });
    await truncate(at('in', 'a'), 1);
    await writeFile(at('in', 'b'), '1');
    await expect(store.putTree('artifacts', at('in'), { maxFiles: 1 })).rejects.toMatchObject({
      kind: 'too-large',
    });
  });

  it.each([
    ['a parent folder', ['../x']],
    ['a parent folder in the middle', ['a/../../x']],
    ['the root', ['/tmp/x']],
    ['an empty part', ['a//x']],
    ['a backslash', ['..\\x']],
    ['the same path twice', ['x', 'x']],
    ['a file that is also a folder', ['x', 'x/y']],
  ])('refuses a manifest that names %s, and writes nothing', async (_, paths) => {
    const content = sha256('12345');
    await store.putBytes('artifacts', Buffer.from('12345'));
    const file = { size: 5 / paths.length, executable: false, sha256: content };
    const files = paths.map((path) => ({ path, ...file, size: 5, parts: [{ sha256: content, size: 5 }] }));
    const ref = { ...(await plantTree({ version: 1, files })), size: 5 * paths.length };
    await expect(store.getTree(ref, at('out'))).rejects.toMatchObject({ kind: 'corrupt-content' });
    expect(await readdir(folder.path)).toEqual([]);
  });

  it.each([
    ['is no JSON', 'not json'],
    ['has no files', { version: 1 }],
    [
      'has sizes that do not add up',
      {
        version: 1,
        files: [
          {
            path: 'x',
            size: 4,
            executable: false,
            sha256: sha256('x'),
            parts: [{ sha256: sha256('x'), size: 5 }],
          },
        ],
      },
    ],
  ])('refuses a manifest that %s', async (_, manifest) => {
    await expect(store.readManifest(await plantTree(manifest))).rejects.toMatchObject({
      kind: 'corrupt-content',
    });
  });

  it('refuses a file whose parts are sound but whose whole is another', async () => {
    const part = sha256('12345');
    await store.putBytes('artifacts', Buffer.from('12345'));
    const file = {
      path: 'x',
      size: 5,
      executable: false,
      sha256: sha256('other'),
      parts: [{ sha256: part, size: 5 }],
    };
    const ref = await plantTree({ version: 1, files: [file] });
    await expect(store.getTree(ref, at('out'))).rejects.toMatchObject({ kind: 'corrupt-content' });
    expect(await readdir(at('out'))).toEqual([]);
  });

  it('follows no link that lies in the folder it writes into', async () => {
    await mkdir(at('in', 'sub'), { recursive: true });
    await writeFile(at('in', 'sub', 'file'), 'new');
    await writeFile(at('in', 'top'), 'new');
    const ref = await store.putTree('artifacts', at('in'));
    await mkdir(at('elsewhere'));
    await writeFile(at('victim'), 'old');
    await mkdir(at('out'));
    await symlink(at('victim'), at('out', 'top'));
    await symlink(at('elsewhere'), at('out', 'sub'));
    await expect(store.getTree(ref, at('out'))).rejects.toMatchObject({ kind: 'unsafe-entry' });
    expect(await readdir(at('elsewhere'))).toEqual([]);
    await store.getTree(ref, at('out'), { path: 'sub' });
    expect(await readFile(at('victim'), 'utf8')).toBe('old');
  });

  it('goes on with other work while it hashes and stores', async () => {
    await mkdir(at('in'));
    await writeFile(at('in', 'big'), Buffer.alloc(48 * MiB, 1));
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await store.putTree('datasets', at('in'));
    clearInterval(timer);
    // A part is 32 MiB: an event loop that were held for a whole part would come round twice or so.
    expect(turns).toBeGreaterThan(10);
  });
});
