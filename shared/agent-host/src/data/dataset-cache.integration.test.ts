import { readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestFarm } from '../testing/index.ts';
import { openDatasetCache } from './dataset-cache.ts';

let farm: TestFarm;
let homes = 0;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());

const newHome = () => {
  homes += 1;
  return join(farm.folder.path, `home-${homes}`);
};

/** The store, and how often a tree was fetched from it. */
const counting = () => {
  const { store } = farm.bus;
  const counted = { fetched: 0 };
  const getTree: ContentStore['getTree'] = (...args) => {
    counted.fetched += 1;
    return store.getTree(...args);
  };
  return { counted, store: { ...store, getTree } };
};

describe('a dataset', () => {
  it('is fetched once, however many ask for it, and by whichever process', async () => {
    const home = newHome();
    const ref = await farm.tree({ 'train.csv': 'id\n1\n' }, 'datasets');
    const { counted, store } = counting();
    const cache = await openDatasetCache(store, home);
    const folders = await Promise.all([cache.folder(ref), cache.folder(ref), cache.folder(ref)]);
    expect(new Set(folders).size).toBe(1);
    expect(await readFile(join(folders[0] ?? '', 'train.csv'), 'utf8')).toBe('id\n1\n');
    const another = await openDatasetCache(store, home);
    expect(await another.folder(ref)).toBe(folders[0]);
    expect(counted.fetched).toBe(1);
  });

  it('is the same for two processes that fetch it at once, and leaves nothing unfinished', async () => {
    const home = newHome();
    const ref = await farm.tree({ 'train.csv': 'id\n2\n' }, 'datasets');
    const caches = await Promise.all([1, 2, 3].map(() => openDatasetCache(farm.bus.store, home)));
    const folders = await Promise.all(caches.map((cache) => cache.folder(ref)));
    expect(new Set(folders).size).toBe(1);
    expect(await readdir(join(home, 'cache', 'datasets'))).toEqual([ref.sha256]);
  });

  it('that nobody used for a day is removed', async () => {
    const home = newHome();
    const cache = await openDatasetCache(farm.bus.store, home);
    const [old, recent] = [
      await farm.tree({ a: 'old' }, 'datasets'),
      await farm.tree({ a: 'recent' }, 'datasets'),
    ];
    const folder = await cache.folder(old);
    await cache.folder(recent);
    const before = new Date(Date.now() - 25 * 3600_000);
    await utimes(folder, before, before);
    await openDatasetCache(farm.bus.store, home);
    expect(await readdir(join(home, 'cache', 'datasets'))).toEqual([recent.sha256]);
  });
});
