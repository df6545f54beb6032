/** The regular files of a folder. Nothing is followed: a link, a device, a pipe is an unsafe entry. */
import { constants } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { relativePath } from '@modelwright/contracts';
import { PermanentFailure } from '../failure.ts';
import type { PutTreeOptions } from './content-store.ts';

export interface FoundFiles {
  /** Relative paths with `/`, sorted. */
  readonly paths: readonly string[];
  readonly skipped: number;
}

export async function findFiles(folder: string, options: PutTreeOptions): Promise<FoundFiles> {
  const paths: string[] = [];
  let skipped = 0;
  const pending = [''];
  for (let inside = pending.pop(); inside !== undefined; inside = pending.pop()) {
    for (const entry of await readdir(join(folder, inside), { withFileTypes: true })) {
      const path = inside === '' ? entry.name : `${inside}/${entry.name}`;
      if (options.exclude?.(path) === true) continue;
      // A folder whose name cannot be told in UTF-8 could not be opened by it either.
      const safe = isSafeName(path);
      if (safe && entry.isDirectory()) pending.push(path);
      else if (safe && entry.isFile()) paths.push(path);
      else if (options.skipUnsafe === true) skipped += 1;
      else throw unsafe(path, 'is neither a file nor a folder with a plain name');
      if (paths.length > (options.maxFiles ?? Number.POSITIVE_INFINITY)) {
        throw new PermanentFailure('too-large', `${folder} has more than ${options.maxFiles} files.`);
      }
    }
  }
  return { paths: paths.sort(), skipped };
}

/**
 * A replacement character stands for a name that is not UTF-8, and would name another file; control characters steer the
 * terminal on which a name is shown.
 */
const isSafeName = (path: string) => relativePath.safeParse(path).success && !/[\p{Cc}\uFFFD]/u.test(path);

/** Opens a file that may have been exchanged since it was found: no link is followed, no pipe is waited for. */
export async function openRegular(
  path: string,
): Promise<{ file: FileHandle; size: number; executable: boolean }> {
  const file = await openUnlinked(path);
  const stat = await file.stat();
  if (stat.isFile()) return { file, size: stat.size, executable: (stat.mode & 0o100) !== 0 };
  await file.close();
  throw unsafe(path, 'is not a regular file');
}

async function openUnlinked(path: string): Promise<FileHandle> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const isLink = error instanceof Error && 'code' in error && error.code === 'ELOOP';
    throw isLink ? unsafe(path, 'is a link') : error;
  }
}

const unsafe = (path: string, what: string) =>
  new PermanentFailure('unsafe-entry', `${path} ${what}; only regular files travel.`);
