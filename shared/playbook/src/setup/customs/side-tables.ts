/** Further tables whose rows belong to the units: `visits.csv` with a column `patient_id` like that of the units. */
import type { FolderProfile, Task } from '@modelwright/contracts';
import { nameOf } from '../tables.ts';

type SideTables = NonNullable<Task['data']['tables']>;

export interface FoundSideTables {
  readonly tables: SideTables;
  /** Every file that is used for them. */
  readonly paths: readonly string[];
}

const TRAIN = /train/i;
const NAME = /[^A-Za-z0-9_-]+/g;

/** @param key The column that names a unit. @param others Paths of the tables that may be such ones. */
export function sideTables(
  survey: FolderProfile,
  key: string,
  others: readonly string[],
): FoundSideTables | null {
  const fitting = survey.tables.filter(({ path, columns }) => others.includes(path) && columns.includes(key));
  const tests = new Set(fitting.flatMap(({ path }) => testOf(path, others) ?? []));
  const found = fitting.filter(({ path }) => !tests.has(path));
  if (found.length === 0) return null;
  const tables = Object.fromEntries(
    found.map(({ path }) => {
      const test = testOf(path, others);
      return [sideName(path), { train: path, ...(test === null ? {} : { test }), key }];
    }),
  );
  return { tables, paths: [...found.map(({ path }) => path), ...tests] };
}

/** `X_train.csv` and `X_test.csv` are one table in two files. */
function testOf(path: string, others: readonly string[]): string | null {
  if (!TRAIN.test(nameOf(path))) return null;
  const swapped = ['test', 'Test', 'TEST'].map((word) => path.replace(/train(?!.*train)/i, word));
  return others.find((one) => one !== path && swapped.includes(one)) ?? null;
}

function sideName(path: string): string {
  const [stem = ''] = nameOf(path).split('.');
  const bare = stem.replace(/[_-]?train(ing)?[_-]?/i, '').replace(NAME, '_');
  return bare === '' || /^[xX]$/.test(bare) ? 'rows' : bare.slice(0, 60);
}
