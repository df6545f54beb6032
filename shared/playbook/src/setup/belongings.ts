/** What belongs to the units of a table beside their own row: files that it names, rows of further tables. */
import type { FolderProfile, Task } from '@modelwright/contracts';
import { archivesOf } from './customs/media.ts';
import { sideTables } from './customs/side-tables.ts';
import { tableFiles } from './customs/table-files.ts';
import type { Tables } from './tables.ts';

export interface Belongings {
  readonly files: Task['data']['files'] | null;
  readonly tables: Task['data']['tables'] | null;
  readonly archives: readonly string[];
  /** Of the further tables, those that are used. */
  readonly paths: readonly string[];
  readonly doubts: readonly string[];
}

export const NOTHING: Belongings = { files: null, tables: null, archives: [], paths: [], doubts: [] };

/** @param id The column that names a unit, if there is one. */
export function belongings(
  survey: FolderProfile,
  { train, test, sample, others }: Tables,
  id: string | null,
): Belongings {
  const files = tableFiles(survey, train, test ?? sample);
  const side = id === null ? null : sideTables(survey, id, others);
  const own = [train, test, sample].filter((path) => path !== null);
  const archives = [...archivesOf(survey, [...own, ...(side?.paths ?? [])]), ...(files?.archives ?? [])];
  if (files === null && side === null && archives.length === 0) return NOTHING;
  return {
    files: files?.files ?? null,
    tables: side?.tables ?? null,
    archives: [...new Set(archives)].sort(),
    paths: side?.paths ?? [],
    doubts: [
      ...(files?.doubts ?? []),
      ...Object.entries(side?.tables ?? {}).map(
        ([, { train: path, key }]) => `rows of ${path} belong to the unit that their ${key} names`,
      ),
    ],
  };
}
