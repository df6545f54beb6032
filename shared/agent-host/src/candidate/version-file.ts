/** One file of a stored version, for who needs no work tree. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { Version } from '@modelwright/contracts';
import { checkoutBundle } from '@modelwright/workspace';
import { Remembered } from '../remember.ts';

const MOST_REMEMBERED = 200;

export type ReadVersionFile = (store: ContentStore, version: Version) => Promise<string | null>;

/** Reads `path` of versions, null where a version has no such file; remembers what it read, since versions never change. */
export function versionFileReader(path: string): ReadVersionFile {
  const remembered = new Remembered<string | null>(MOST_REMEMBERED);
  return (store, version) => remembered.get(version.commit, () => read(store, version, path));
}

async function read(store: ContentStore, version: Version, path: string): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-version-'));
  try {
    await store.getFile(version.bundle, join(folder, 'bundle'));
    await checkoutBundle(join(folder, 'bundle'), version.commit, join(folder, 'files'));
    return await readFile(join(folder, 'files', path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
