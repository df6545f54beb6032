/** The files of a task folder, as the setup agent is told of them. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { descriptionFile } from '@modelwright/playbook';
import type { SourceFile } from './setup-seat.ts';

/** A folder with more files than this is told by its first few and a count. */
const MOST_PER_FOLDER = 20;
const SHOWN_PER_FOLDER = 3;
const MOST_TOLD = 300;

const MOST_DESCRIPTION = 30_000;

export async function sourceFiles(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        return { path: relative(folder, path), bytes: (await stat(path)).size };
      }),
  );
  return files.sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));
}

/** Few enough to be told in one message: a folder of thousands of pictures is a few names and a count. */
export function shortened(files: readonly SourceFile[]): SourceFile[] {
  const folders = Map.groupBy(files, ({ path }) => parentOf(path));
  const told = [...folders].flatMap(([folder, all]) => {
    if (all.length <= MOST_PER_FOLDER) return all;
    const rest = all.slice(SHOWN_PER_FOLDER);
    const bytes = rest.reduce((sum, file) => sum + file.bytes, 0);
    return [
      ...all.slice(0, SHOWN_PER_FOLDER),
      { path: `${folder === '' ? '' : `${folder}/`}… ${rest.length} more files`, bytes },
    ];
  });
  if (told.length <= MOST_TOLD) return told;
  const rest = told.slice(MOST_TOLD);
  const bytes = rest.reduce((sum, file) => sum + file.bytes, 0);
  return [...told.slice(0, MOST_TOLD), { path: `… ${rest.length} more entries, see list_files`, bytes }];
}

/** The folder's own words, from the file whose name promises them; null without one. */
export async function descriptionIn(folder: string, files: readonly SourceFile[]): Promise<string | null> {
  const path = descriptionFile(files);
  if (path === null) return null;
  const text = (await readFile(join(folder, path), 'utf8')).trim();
  if (text === '') return null;
  return text.length <= MOST_DESCRIPTION
    ? text
    : `${text.slice(0, MOST_DESCRIPTION)}\n(${path} goes on: read_file)`;
}

const depth = (path: string) => path.split('/').length;
const parentOf = (path: string) => path.split('/').slice(0, -1).join('/');
