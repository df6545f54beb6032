/** A task folder with a small sound table, for tests. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckRequest } from '../commands/check.ts';

export type Task = CheckRequest['task'];

export const SMALL_TASK: Task = {
  version: 1,
  name: 'small',
  description: 'Tell a from b.',
  data: { layout: 'table', train: 'train.csv', test: 'test.csv', id: 'id', target: 'y' },
  metric: 'accuracy',
  // So few rows would be scored fold by fold.
  split: { scoring: 'rows' },
};

/** Writes 100 labelled rows, which `x` tells apart, and 10 to predict. Returns the folder. */
export async function writeSmallTask(root: string): Promise<string> {
  const folder = join(root, 'task');
  await mkdir(folder);
  const rows = (count: number, line: (row: number) => string) =>
    Array.from({ length: count }, (_, row) => line(row));
  const train = rows(100, (row) => `r${row},${(row % 2) * 5 + (row % 7) / 10},${'ab'[row % 2]}`);
  const test = rows(10, (row) => `t${row},${(row % 2) * 5 + (row % 7) / 10}`);
  await writeFile(join(folder, 'train.csv'), `${['id,x,y', ...train].join('\n')}\n`);
  await writeFile(join(folder, 'test.csv'), `${['id,x', ...test].join('\n')}\n`);
  return folder;
}
