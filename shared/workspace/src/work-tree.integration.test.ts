import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANDIDATE_BOUNDS } from './bounds.ts';
import { checkoutBundle } from './checkout-bundle.ts';
import { templateFolder } from './folders.ts';
import { openWorkTree, type WorkTree } from './work-tree.ts';

const AT = 1_760_000_000_000;

let place: string;
let tree: WorkTree;
let opened = 0;

const openTree = () => {
  opened += 1;
  return openWorkTree({ gitDir: join(place, `git-${opened}`), workTree: join(place, `tree-${opened}`) });
};

const bundleOf = async (from: WorkTree, name = 'candidate.bundle') => {
  await from.bundle(join(place, name));
  return join(place, name);
};

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'mw-workspace-'));
  await mkdir(join(place, 'template'));
  await writeFile(join(place, 'template', 'train.py'), 'print("train")\n');
  await writeFile(join(place, 'template', 'config.json'), '{}\n');
  tree = await openTree();
});

afterEach(async () => {
  await rm(place, { recursive: true, force: true });
});

const template = () => join(place, 'template');

describe('a work tree', () => {
  it('gives the same commit id for the same tree, parent, message and date', async () => {
    const other = await openTree();
    const ids: string[] = [];
    for (const each of [tree, other]) {
      await each.create(template(), AT);
      await each.writeText('model.py', 'x = 1\n');
      ids.push(await each.commit('Write model.py', AT + 5000));
    }
    expect(ids[0]).toMatch(/^[0-9a-f]{40}$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it('gives the same commit id when it goes on from a bundle', async () => {
    const first = await tree.create(template(), AT);
    const other = await openTree();
    await other.checkout(await bundleOf(tree), first);
    const ids: string[] = [];
    for (const each of [tree, other]) {
      await each.writeText('model.py', 'x = 1\n');
      ids.push(await each.commit('Write model.py', AT + 5000));
    }
    expect(ids[1]).toBe(ids[0]);
  });

  it('is the last commit again when nothing changed', async () => {
    const first = await tree.create(template(), AT);
    await tree.writeText('config.json', '{}\n');
    expect(await tree.commit('Nothing', AT + 1000)).toBe(first);
  });

  it('goes back to an earlier commit and on from there', async () => {
    const first = await tree.create(template(), AT);
    const bundle = await bundleOf(tree);
    await tree.writeText('sub/left.py', 'over');
    await tree.commit('A crash follows', AT + 1000);
    await tree.checkout(bundle, first);
    expect(await tree.listFiles()).toEqual([
      { path: 'config.json', bytes: 3 },
      { path: 'train.py', bytes: 15 },
    ]);
    await tree.writeText('model.py', 'x = 1\n');
    const second = await tree.commit('Write model.py', AT + 2000);
    await checkoutBundle(await bundleOf(tree, 'second.bundle'), second, join(place, 'out'));
    expect((await readdir(join(place, 'out'))).sort()).toEqual(['config.json', 'model.py', 'train.py']);
  });

  it('leaves a bundle that anybody can clone', async () => {
    await tree.create(template(), AT);
    await tree.writeText('model.py', 'x = 1\n');
    await tree.commit('Write model.py', AT + 1000);
    const clone = join(place, 'clone');
    execFileSync('git', ['clone', '--quiet', await bundleOf(tree), clone]);
    expect(await readFile(join(clone, 'model.py'), 'utf8')).toBe('x = 1\n');
    const log = execFileSync('git', ['-C', clone, 'log', '--format=%s %an'], { encoding: 'utf8' });
    expect(log).toBe('Write model.py Modelwright\nStart from the template Modelwright\n');
  });

  it('keeps bytes, odd names and the executable bit', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    await tree.create(template(), AT);
    await mkdir(join(tree.folder, 'a "b"'));
    await writeFile(join(tree.folder, 'a "b"', 'ü ö.bin'), bytes);
    await writeFile(join(tree.folder, '"quoted"'), 'x\r\n');
    await writeFile(join(tree.folder, 'empty'), '');
    await writeFile(join(tree.folder, 'run.sh'), '#!/bin/sh\n');
    await chmod(join(tree.folder, 'run.sh'), 0o755);
    const commit = await tree.commit('Odd files', AT + 1000);
    const out = join(place, 'out');
    await checkoutBundle(await bundleOf(tree), commit, out);
    expect(Uint8Array.from(await readFile(join(out, 'a "b"', 'ü ö.bin')))).toEqual(bytes);
    expect(await readFile(join(out, '"quoted"'), 'utf8')).toBe('x\r\n');
    expect(await readFile(join(out, 'empty'), 'utf8')).toBe('');
    expect((await stat(join(out, 'run.sh'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(out, 'train.py'))).mode & 0o777).toBe(0o644);
  });

  it('starts from the template without what tools left in it', async () => {
    await tree.create(templateFolder(), AT);
    const paths = (await tree.listFiles()).map((file) => file.path);
    expect(paths).toContain('mw/__init__.py');
    expect(paths.filter((path) => path.includes('cache'))).toEqual([]);
  });
});

describe('a text file of a work tree', () => {
  beforeEach(async () => {
    await tree.create(template(), AT);
  });

  it('reads as it was written, in folders made on the way', async () => {
    expect(await tree.writeText('a/b/c.py', 'ä = 1\n')).toEqual({ kind: 'written', bytes: 7 });
    expect(await tree.readText('a/b/c.py')).toEqual({ kind: 'text', text: 'ä = 1\n' });
  });

  it.each(['../outside.py', '/etc/cron.d/evil', '.git/hooks/post-commit', 'a/../../b', 'x\0y', ''])(
    'is neither read nor written at %j',
    async (path) => {
      expect(await tree.writeText(path, 'x')).toMatchObject({ kind: 'refused' });
      expect(await tree.readText(path)).toMatchObject({ kind: 'refused' });
    },
  );

  it('is not reached through a link to a folder or a file', async () => {
    const secret = join(place, 'secret');
    await mkdir(secret);
    await writeFile(join(secret, 'key'), 'hidden');
    await symlink(secret, join(tree.folder, 'door'));
    await symlink(join(secret, 'key'), join(tree.folder, 'key'));
    for (const path of ['door/key', 'key']) {
      expect(await tree.readText(path)).toMatchObject({ kind: 'refused' });
      expect(await tree.writeText(path, 'changed')).toMatchObject({ kind: 'refused' });
    }
    expect(await readFile(join(secret, 'key'), 'utf8')).toBe('hidden');
  });

  it.each([
    ['a folder', 'sub', 'is a folder'],
    ['below a file', 'train.py/x', 'is a file, not a folder'],
  ])('is refused where it would be %s', async (_what, path, reason) => {
    await mkdir(join(tree.folder, 'sub'));
    expect(await tree.writeText(path, 'x')).toEqual({
      kind: 'refused',
      reason: expect.stringContaining(reason),
    });
    expect((await readdir(tree.folder)).filter((name) => name.startsWith('.writing'))).toEqual([]);
  });

  it('is refused when it is too large or not text', async () => {
    const large = 'x'.repeat(CANDIDATE_BOUNDS.bytesPerFile + 1);
    expect(await tree.writeText('large.txt', large)).toMatchObject({ kind: 'refused' });
    expect(await tree.writeText('half.txt', '\ud800')).toMatchObject({ kind: 'refused' });
    await writeFile(join(tree.folder, 'binary'), Buffer.from([0xff, 0xfe, 0]));
    expect(await tree.readText('binary')).toEqual({ kind: 'refused', reason: '"binary" is not UTF-8 text' });
  });

  it('that is not there is said so', async () => {
    expect(await tree.readText('nowhere.py')).toEqual({
      kind: 'refused',
      reason: 'there is no file "nowhere.py"',
    });
  });
});
