/** The keys task.yaml knows, table by table, as the schema states them. */
import { dataLayout, imageShape, splitRule, task, taskBudget, taskConstraints } from '@modelwright/contracts';
import { nearest } from './nearest.ts';

const TABLES: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(task.shape),
  data: Object.keys(dataLayout.shape),
  'data.image': Object.keys(imageShape.shape),
  split: Object.keys(splitRule.shape),
  budget: Object.keys(taskBudget.shape),
  constraints: Object.keys(taskConstraints.shape),
};

/** What to do about an unknown key of a table (`''` is the top level). */
export function keyRemedy(table: string, key: string): string {
  const known = TABLES[table] ?? [];
  const here = nearest(key, known);
  if (here !== null) return `Did you mean "${here}"?`;
  const home = Object.entries(TABLES).find(([, keys]) => keys.includes(key))?.[0];
  if (home !== undefined) {
    return home === '' ? `"${key}" stands at the top level.` : `"${key}" belongs under "${home}:".`;
  }
  return `Known here: ${known.join(', ')}.`;
}

/** The known key an unknown one was probably meant to be, or null. */
export function meantKey(table: string, key: string): string | null {
  return nearest(key, TABLES[table] ?? []);
}

/** Every key, dotted, in the order of the schema. */
export function knownKeys(): string[] {
  return Object.entries(TABLES).flatMap(([table, keys]) =>
    keys.map((key) => (table === '' ? key : `${table}.${key}`)),
  );
}
