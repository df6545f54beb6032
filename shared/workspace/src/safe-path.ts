/**
 * Which paths a candidate may use. Git itself guards against some of these names on some file systems; a candidate is
 * checked out on machines we do not know, so the strictest reading holds everywhere.
 */
import { lstat } from 'node:fs/promises';
import { join } from 'node:path';

const MAX_PATH_BYTES = 1024;
const MAX_SEGMENT_BYTES = 255;

/** Control characters: they break listings, logs and streams of names. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/u;

/** Code points that HFS+ leaves out when it compares names, so that `.g\u200cit` is `.git` there. */
const IGNORED_BY_HFS = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

/** Why a relative path is refused, as the end of a sentence; null when it is fine. */
export function pathObjection(path: string): string | null {
  if (path === '') return 'it is empty';
  if (!path.isWellFormed()) return 'it is not valid Unicode';
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `it is longer than ${MAX_PATH_BYTES} bytes`;
  if (CONTROL.test(path)) return 'it holds a control character';
  if (path.startsWith('/')) return 'it is absolute; paths are relative to the candidate';
  if (path.includes('\\')) return 'it holds a backslash; folders are separated by /';
  for (const segment of path.split('/')) {
    const objection = segmentObjection(segment);
    if (objection !== null) return objection;
  }
  return null;
}

/**
 * The absolute path of `path` in `root`, or why there is none. Follows no link: a link among the folders on the way, or
 * at the end, is an objection.
 */
export async function resolveInside(
  root: string,
  path: string,
): Promise<{ kind: 'inside'; absolute: string } | { kind: 'refused'; reason: string }> {
  const objection = pathObjection(path);
  if (objection !== null) return { kind: 'refused', reason: `"${path}" is not allowed: ${objection}` };
  const segments = path.split('/');
  for (let depth = 1; depth <= segments.length; depth++) {
    const part = segments.slice(0, depth).join('/');
    const entry = await lstat(join(root, part)).catch(absent);
    if (entry?.isSymbolicLink())
      return { kind: 'refused', reason: `"${part}" is a link, and links are not followed` };
    if (depth < segments.length && entry?.isFile()) {
      return { kind: 'refused', reason: `"${part}" is a file, not a folder` };
    }
  }
  return { kind: 'inside', absolute: join(root, path) };
}

function segmentObjection(segment: string): string | null {
  if (segment === '') return 'it has an empty part';
  if (segment === '.' || segment === '..') return `it holds "${segment}"`;
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
    return `a part of it is longer than ${MAX_SEGMENT_BYTES} bytes`;
  if (meansGit(segment)) return `"${segment}" is a name that git keeps for itself`;
  return null;
}

/** `.git` as some file system would read it: in any case, with trailing dots, spaces or streams (NTFS), short (`git~1`). */
function meansGit(segment: string): boolean {
  const plain = segment
    .replace(IGNORED_BY_HFS, '')
    .toLowerCase()
    .replace(/:.*$/, '')
    .replace(/[. ]+$/, '');
  return plain === '.git' || /^git~\d+$/.test(plain);
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
  throw error;
}
