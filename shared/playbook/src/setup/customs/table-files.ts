/** A table whose column names files: `images/0a1b.png` for each row. */
import type { FolderProfile, Task } from '@modelwright/contracts';
import { archivesOf, type Media, mediaBelow } from './media.ts';

type Files = NonNullable<Task['data']['files']>;
type Match = FolderProfile['matches'][number];

export interface TableFiles {
  readonly files: Files;
  readonly archives: readonly string[];
  readonly doubts: readonly string[];
}

/** Share of the rows whose file was found. */
const NEARLY_ALL = 0.9;

/** @param test The table of the units to predict. @returns null where no file belongs to the rows. */
export function tableFiles(survey: FolderProfile, train: string, test: string | null): TableFiles | null {
  const own = matchesOf(survey, train);
  if (own.length === 0) return null;
  const theirs = test === null ? [] : matchesOf(survey, test);
  const media = [...new Set(own.map(({ kind }) => kind))];
  const chosen = media.flatMap((kind) => {
    const [first] = own.filter((one) => one.kind === kind);
    return first === undefined ? [] : [{ ...first, test: theirs.find((one) => one.kind === kind) ?? null }];
  });
  const files: Files = Object.fromEntries(
    chosen.map((one) => [
      one.kind,
      {
        path: one.path,
        ...(one.test === null || one.test.path === one.path ? {} : { test: one.test.path }),
        media: one.kind,
      },
    ]),
  );
  const folders = chosen.flatMap((one) => [one.folder, ...(one.test === null ? [] : [one.test.folder])]);
  return {
    files,
    archives: archivesOf(survey, folders),
    doubts: chosen.map((one) => `each row has ${named(one.kind)}: ${one.path}`),
  };
}

const named = (kind: Media) => (kind === 'text' ? 'a text' : kind === 'audio' ? 'a recording' : 'an image');

interface Found {
  readonly kind: Media;
  readonly folder: string;
  readonly path: string;
}

/** Those that name most files first. */
function matchesOf(survey: FolderProfile, table: string): Found[] {
  return survey.matches
    .filter(
      ({ other, column, shared, of }) => other === table && column !== null && shared >= NEARLY_ALL * of,
    )
    .toSorted((a, b) => b.shared - a.shared)
    .flatMap((match) => {
      const found = mediaBelow(survey, match.folder);
      const path = found === null ? null : templateOf(match, found.ending);
      return found === null || path === null ? [] : [{ kind: found.media, folder: match.folder, path }];
    });
}

function templateOf({ folder, column, named: by }: Match, ending: string): string | null {
  switch (by) {
    case 'name':
      return `${folder}/{${column}}`;
    case 'stem':
      return `${folder}/{${column}}.${ending}`;
    case 'path':
      return `{${column}}`;
    case null:
      return null;
  }
}
