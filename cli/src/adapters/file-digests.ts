/** Files of a folder, and what they hold. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileDigest } from '@modelwright/report';

/** Null where there is no regular file: what lies behind a link is not what was delivered. */
export async function digestOf(folder: string, path: string): Promise<FileDigest | null> {
  const file = join(folder, path);
  const found = await lstat(file).catch(() => null);
  if (found?.isFile() !== true) return null;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return { path, sha256: hash.digest('hex'), size: found.size };
}

/** Paths of all that is no folder, with `/`, in order; folders of these names at the top are not entered. */
export async function pathsBelow(folder: string, left: ReadonlySet<string>): Promise<string[]> {
  const paths: string[] = [];
  const enter = async (below: string) => {
    for (const entry of await readdir(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (left.has(path)) continue;
      if (entry.isDirectory()) await enter(path);
      else paths.push(path);
    }
  };
  await enter('');
  return paths.toSorted();
}
