/** The keys that a file knows, table by table, and what an unknown one was meant to be. */
import { nearest } from './nearest.ts';

/** Keys by the dotted path of their table; `''` is the top level, and `*` stands for any one key, as in `models.*`. */
export type Tables = Readonly<Record<string, readonly string[]>>;

/** What to do about an unknown key of the table at a path. */
export function keyRemedy(tables: Tables, path: string, key: string): string {
  const known = keysOf(tables, path);
  const here = nearest(key, known);
  if (here !== null) return `Did you mean "${here}"?`;
  const home = Object.entries(tables).find(([, keys]) => keys.includes(key))?.[0];
  if (home !== undefined) {
    return home === '' ? `"${key}" stands at the top level.` : `"${key}" belongs under "${home}:".`;
  }
  return `Known here: ${known.join(', ')}.`;
}

/** The known key an unknown one was probably meant to be, or null. */
export function meantKey(tables: Tables, path: string, key: string): string | null {
  return nearest(key, keysOf(tables, path));
}

function keysOf(tables: Tables, path: string): readonly string[] {
  const pattern = Object.keys(tables).find((one) => fits(one, path));
  return pattern === undefined ? [] : (tables[pattern] ?? []);
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('.');
  const given = path.split('.');
  return (
    wanted.length === given.length && wanted.every((part, index) => part === '*' || part === given[index])
  );
}
