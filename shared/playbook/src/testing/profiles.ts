/** What is told of small tables, to build others from. */
import type { ColumnPortrait, TableProfile } from '@modelwright/contracts';

const ROWS = 300;

export function column(name: string, changes: Partial<ColumnPortrait> = {}): ColumnPortrait {
  return { name, kind: 'categorical', missing: 0, unique: false, distinct: 40, examples: ['a'], ...changes };
}

/** A different value in each row. */
export const rowNames = (name: string) => column(name, { unique: true, distinct: ROWS });

export const measurement = (name: string) =>
  column(name, { kind: 'numeric', distinct: null, whole: false, smallest: -1.5, largest: 2.5 });

/** Of equal shares; numbers when they look like ones. */
export function classes(name: string, ...values: string[]): ColumnPortrait {
  const levels = values.map((value) => ({ value, share: 1 / values.length }));
  const numbers = values.map(Number);
  const numeric = numbers.every((number) => !Number.isNaN(number));
  return column(name, {
    kind: numeric ? 'numeric' : 'categorical',
    distinct: values.length,
    levels,
    ...(numeric
      ? {
          whole: numbers.every(Number.isInteger),
          smallest: Math.min(...numbers),
          largest: Math.max(...numbers),
        }
      : {}),
  });
}

export function table(
  file: string,
  columns: readonly ColumnPortrait[],
  changes: Partial<TableProfile> = {},
): TableProfile {
  const names = columns.map(({ name }) => name);
  return {
    file,
    delimiter: null,
    encoding: null,
    rows: ROWS,
    complete: true,
    width: names.length,
    names,
    columns: [...columns],
    against: null,
    ...changes,
  };
}

/** The training table as it is told beside a test table. */
export function against(train: TableProfile, test: TableProfile): TableProfile {
  const onlyHere = train.names.filter((name) => !test.names.includes(name));
  const onlyThere = test.names.filter((name) => !train.names.includes(name));
  return {
    ...train,
    against: { file: test.file, shared: train.names.length - onlyHere.length, onlyHere, onlyThere },
  };
}
