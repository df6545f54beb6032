/** Which file of a folder says in words what the folder is about. */
import type { FolderFile } from './tables.ts';

/** What such files are called, the likeliest first. */
const NAMES = ['description', 'task', 'competition', 'overview', 'readme', 'data_description'];
const ENDINGS = ['md', 'txt', 'rst'];

/** Null without one. The least deep comes first. */
export function descriptionFile(files: readonly FolderFile[]): string | null {
  const named = files.filter(({ path }) => rank(path) >= 0);
  const [first] = named.toSorted((a, b) => depth(a.path) - depth(b.path) || rank(a.path) - rank(b.path));
  return first?.path ?? null;
}

function rank(path: string): number {
  const [, name = '', ending = ''] = /([^/]*)\.([^./]*)$/.exec(path.toLowerCase()) ?? [];
  return ENDINGS.includes(ending) ? NAMES.indexOf(name) : -1;
}

const depth = (path: string) => path.split('/').length;
