/** What the coder knows when it repairs: the files it has read since the check, and its trade. */
import type { Recipe, Settings } from '../recipe/recipe.ts';
import type { Step } from '../steps.ts';
import type { Intent } from './intent.ts';

export interface Knowledge {
  /** Contents of files as they stand; null for one that cannot be read. */
  readonly files: ReadonlyMap<string, string | null>;
  /** Paths of all files; null before they were listed. */
  readonly listing: readonly string[] | null;
  /** What `config.json` is meant to hold. */
  readonly settings: Settings;
  /** Lines that import something, as all recipes have them. */
  readonly imports: readonly string[];
  /** Every name that occurs in a recipe. */
  readonly words: ReadonlySet<string>;
}

export function knowledgeFrom(
  since: readonly Step[],
  { settings }: Intent,
  recipes: readonly Recipe[],
): Knowledge {
  const read = since.filter(({ name }) => name === 'read_file');
  const listed = since.find(({ name, failed }) => name === 'list_files' && !failed);
  const programs = recipes.map((recipe) => recipe.code);
  return {
    files: new Map(
      read.map(({ args, content, failed }) => [String(args['path']), failed ? null : plain(content)]),
    ),
    listing: listed === undefined ? null : pathsIn(listed.content),
    settings,
    imports: programs.flatMap((text) => text.split('\n').filter((line) => /^(from|import) /.test(line))),
    words: new Set(programs.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? [])),
  };
}

/** The text in a numbered excerpt: each line is its number, a tab, and the line. */
function plain(excerpt: string): string {
  const lines = excerpt.split('\n').flatMap((line) => line.match(/^\d+\t(.*)$/)?.[1] ?? []);
  return lines.map((line) => `${line}\n`).join('');
}

/** A listing has a line a file: its size and its path. */
function pathsIn(listing: string): string[] {
  return listing.split('\n').flatMap((line) => line.match(/^\s*\d+\s+(.+)$/)?.[1] ?? []);
}
