/** The files of a candidate's version, as text, without the kit that is the same for all. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { Version } from '@modelwright/contracts';
import { checkoutBundle } from '@modelwright/workspace';
import type { Scratch } from '../../adapters/scratch.ts';

/** Paths in order; null for a file that is not text or too large to be read by anybody. */
export type VersionFiles = ReadonlyMap<string, string | null>;

const MOST_BYTES = 400_000;
const KIT = 'mw/';

export function versionFiles(
  scratch: Scratch,
  store: ContentStore,
  { bundle, commit }: Version,
): Promise<VersionFiles> {
  return scratch.use('version', async (folder) => {
    const file = join(folder, 'bundle');
    const tree = join(folder, 'files');
    await store.getFile(bundle, file);
    await checkoutBundle(file, commit, tree);
    const entries = await readdir(tree, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1))
      .filter((path) => !path.startsWith(KIT))
      .sort();
    return new Map(
      await Promise.all(paths.map(async (path) => [path, await textOf(join(tree, path))] as const)),
    );
  });
}

async function textOf(path: string): Promise<string | null> {
  const bytes = await readFile(path);
  if (bytes.length > MOST_BYTES) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
