import type { DatasetTask } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { partsFor, traitsOf } from './prompt-parts.ts';

const TEMPLATE = 'All.\n{{#for mask boxes}}\nPictures.\n{{/for}}\n{{#for tables}}\nTables.\n{{/for}}\nEnd.\n';

const task: DatasetTask = {
  ...{
    version: 1,
    name: 'n',
    description: '',
    id: 'id',
    target: 'y',
    fold: 'fold',
    kind: 'mask',
    classes: null,
  },
  ...{ metric: 'dice', direction: 'maximize', image: null, folds: 5, seed: 1, rows: 9 },
  features: [{ name: 'scan', kind: 'image' }],
};

describe('a prompt with parts', () => {
  it('keeps those for what the task has, and nothing of the others', () => {
    expect(partsFor(TEMPLATE, new Set(['boxes']))).toBe('All.\nPictures.\nEnd.\n');
    expect(partsFor(TEMPLATE, new Set(['regression', 'tables']))).toBe('All.\nTables.\nEnd.\n');
    expect(partsFor(TEMPLATE, new Set())).toBe('All.\nEnd.\n');
  });

  it.each([
    ['is not closed', 'a\n{{#for mask}}\nb\n', 'not closed'],
    ['is never opened', 'a\n{{/for}}\n', 'not opened'],
    ['is for what no task has', '{{#for maks}}\nb\n{{/for}}\n', 'maks'],
  ])('whose part %s is an error', (_what, template, said) => {
    expect(() => partsFor(template, new Set())).toThrow(said);
  });
});

describe('what a task has', () => {
  it('is its kind, and what belongs to its units', () => {
    expect([...traitsOf(task)]).toEqual(['mask', 'files']);
    const tables = [{ name: 'visits', key: 'id', columns: [] }];
    const plain = { ...task, kind: 'regression' as const, features: [], tables, auxiliary: ['weight'] };
    expect([...traitsOf(plain)]).toEqual(['regression', 'tables', 'auxiliary']);
  });
});
