/** What the runner keeps on its host's disk: cached trees, its lock, its job folders. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TreeRef } from '@modelwright/contracts';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { sampleJob } from '../../testing/samples.ts';
import { JobFolders } from './job-folder.ts';
import { lockRunner } from './runner-lock.ts';
import { TreeCache } from './tree-cache.ts';

const tree = (letter: string, size: number): TreeRef => ({
  kind: 'tree',
  store: 'datasets',
  sha256: letter.repeat(64),
  size,
});

/** A store whose trees hold one file of their size, in a folder. */
class CountingStore {
  fetched = 0;
  async getTree(ref: TreeRef, folder: string): Promise<void> {
    this.fetched += 1;
    await mkdir(join(folder, 'inner'), { recursive: true });
    await writeFile(join(folder, 'inner/file'), ref.sha256.slice(0, 1).repeat(ref.size));
  }
}

describe('cached trees', () => {
  test('are fetched once, however many ask', async () => {
    await using folder = await temporaryFolder();
    const store = new CountingStore();
    const cache = new TreeCache(store, { root: join(folder.path, 'cache'), maxBytes: 100, share: 'link' });
    const places = ['a', 'b', 'c'].map((name) => join(folder.path, name));
    await Promise.all(places.map((place) => cache.provide(tree('1', 10), null, place)));
    expect(store.fetched).toBe(1);
    expect(await readFile(join(places[2] ?? '', 'inner/file'), 'utf8')).toBe('1111111111');
  });

  test('make room by what was not used for longest, and jobs keep what they have', async () => {
    await using folder = await temporaryFolder();
    const store = new CountingStore();
    const root = join(folder.path, 'cache');
    const cache = new TreeCache(store, { root, maxBytes: 25, share: 'link' });
    for (const [n, letter] of ['1', '2', '1', '3'].entries()) {
      await cache.provide(tree(letter, 10), null, join(folder.path, `job-${n}`));
    }
    expect((await readdir(root)).map((name) => name[0]).sort()).toEqual(['1', '3']);
    expect(await readFile(join(folder.path, 'job-1/inner/file'), 'utf8')).toBe('2222222222');
  });

  test('that are fetched at the same time count before they are there', async () => {
    await using folder = await temporaryFolder();
    const store = new CountingStore();
    const root = join(folder.path, 'cache');
    const cache = new TreeCache(store, { root, maxBytes: 25, share: 'link' });
    await cache.provide(tree('1', 10), null, join(folder.path, 'job-1'));
    const places = ['2', '3'].map((letter) =>
      cache.provide(tree(letter, 10), null, join(folder.path, letter)),
    );
    await Promise.all(places);
    expect((await readdir(root)).map((name) => name[0]).sort()).toEqual(['2', '3']);
  });

  test('are not thrown out while a job is given them', async () => {
    await using folder = await temporaryFolder();
    const root = join(folder.path, 'cache');
    const cache = new TreeCache(new CountingStore(), { root, maxBytes: 10, share: 'link' });
    const letters = Array.from({ length: 40 }, (_, n) => String(n % 4));
    const given = letters.map((letter, n) =>
      cache.provide(tree(letter, 10), null, join(folder.path, `job-${n}`)),
    );
    await Promise.all(given);
    for (const [n, letter] of letters.entries()) {
      expect(await readFile(join(folder.path, `job-${n}/inner/file`), 'utf8')).toBe(letter.repeat(10));
    }
  });

  test('are copied where a program could write through a link', async () => {
    await using folder = await temporaryFolder();
    const root = join(folder.path, 'cache');
    const cache = new TreeCache(new CountingStore(), { root, maxBytes: 100, share: 'copy' });
    await cache.provide(tree('1', 10), 'inner', join(folder.path, 'job'));
    expect((await stat(join(folder.path, 'job/file'))).nlink).toBe(1);
  });

  test('say which folder they lack', async () => {
    await using folder = await temporaryFolder();
    const cache = new TreeCache(new CountingStore(), { root: folder.path, maxBytes: 100, share: 'link' });
    await expect(cache.provide(tree('1', 1), 'model', join(folder.path, 'job'))).rejects.toThrow(
      'no folder "model"',
    );
  });
});

describe('the lock of a runner', () => {
  test('is refused while its holder lives, with the remedy', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'lock');
    const unlock = await lockRunner(path, process.pid);
    await expect(lockRunner(path, process.pid)).rejects.toThrow('another MODELWRIGHT_NAME');
    await unlock();
    await (await lockRunner(path, process.pid))();
  });

  test('is taken from a process that is gone, also when its id is used again', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'lock');
    await writeFile(path, `${process.pid} 1`);
    if (process.platform === 'linux') await (await lockRunner(path, process.pid))();
    await writeFile(path, '999999999 1');
    await (await lockRunner(path, process.pid))();
  });
});

test('a job folder gives back what was recorded, and how far its output was sent', async () => {
  await using root = await temporaryFolder();
  const folders = new JobFolders(join(root.path, 'jobs'));
  const folder = folders.of('a_job');
  expect(await folder.read()).toBeNull();
  await folder.open(sampleJob(), 2);
  const attempt = folder.attempt(2);
  await attempt.reset();
  const sent = { ...(await attempt.sent()), metrics: { bytes: 5, lines: 1 } };
  await attempt.remember(sent);
  expect(await folders.of('a_job').read()).toEqual({ attempt: 2, job: sampleJob() });
  expect(await folders.of('a_job').attempt(2).sent()).toEqual(sent);
  expect(await folders.all()).toHaveLength(1);
});
