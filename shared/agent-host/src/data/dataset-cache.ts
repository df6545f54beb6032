/**
 * Datasets on this host, fetched once: `<home>/cache/datasets/<sha256>/`, shared by all processes with this home.
 *
 * A folder appears whole, by a rename, and is never changed. What nobody used for a day is removed when a process opens
 * the cache.
 */
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { TreeRef } from '@modelwright/contracts';

const UNUSED_MS = 24 * 3600_000;

export interface DatasetCache {
  /** A folder with the dataset, to be read only. */
  folder(ref: TreeRef): Promise<string>;
}

export async function openDatasetCache(store: ContentStore, home: string): Promise<DatasetCache> {
  const place = join(home, 'cache', 'datasets');
  await mkdir(place, { recursive: true });
  await removeUnused(place);
  const fetching = new Map<string, Promise<string>>();
  return {
    folder: (ref) => {
      const under = fetching.get(ref.sha256);
      if (under !== undefined) return under;
      const started = fetched(store, place, ref).finally(() => fetching.delete(ref.sha256));
      fetching.set(ref.sha256, started);
      return started;
    },
  };
}

async function fetched(store: ContentStore, place: string, ref: TreeRef): Promise<string> {
  const folder = join(place, ref.sha256);
  const now = new Date();
  if (await utimes(folder, now, now).then(yes, absent)) return folder;
  const unfinished = await mkdtemp(join(place, '.unfinished-'));
  try {
    await store.getTree(ref, unfinished);
    // Another process may have been quicker: its folder holds the same.
    await rename(unfinished, folder).catch(taken);
    return folder;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function removeUnused(place: string): Promise<void> {
  for (const entry of await readdir(place)) {
    // Another process may be removing it as well.
    const found = await stat(join(place, entry)).catch(absent);
    if (found !== false && Date.now() - found.mtimeMs > UNUSED_MS)
      await rm(join(place, entry), { recursive: true, force: true });
  }
}

const yes = () => true;

function absent(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOENT') return false;
  throw error;
}

function taken(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
}
