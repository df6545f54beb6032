/** What is told of small folders, to build others from. */
import type { FolderProfile } from '@modelwright/contracts';

type Folder = FolderProfile['folders'][number];

const EMPTY: FolderProfile = {
  folders: [],
  width: 0,
  siblings: [],
  archives: [],
  tables: [],
  images: [],
  matches: [],
};

export function survey(changes: Partial<FolderProfile>): FolderProfile {
  return { ...EMPTY, ...changes };
}

/** @param names Patterns of its files, each of so many; `.jpg` and the like is what they end in. */
export function folder(
  path: string,
  names: Readonly<Record<string, number>>,
  archive: string | null = null,
): Folder {
  const patterns = Object.entries(names).map(([pattern, files]) => ({
    pattern,
    files,
    example: pattern.replace('#', '1'),
  }));
  const endings = Map.groupBy(patterns, ({ pattern }) => `.${pattern.split('.').at(-1)}`);
  const count = (list: readonly { readonly files: number }[]) =>
    list.reduce((sum, { files }) => sum + files, 0);
  return {
    path,
    files: count(patterns),
    bytes: 1000,
    endings: [...endings].map(([ending, list]) => ({ ending, files: count(list) })),
    patterns,
    archive,
  };
}

export function rows(path: string, columns: readonly string[], archive: string | null = null) {
  const known = { format: 'csv' as const, rows: 300, archive };
  return { path, columns: [...columns], width: columns.length, ...known };
}
