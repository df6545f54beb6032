/** Task folders that no run can take: how each is broken, and what a person must be told. */
import { readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EXAMPLES, type TaskCopy } from './task-copy.ts';

export interface Case {
  readonly what: string;
  readonly example?: 'digits' | 'breast-cancer' | 'diabetes';
  break(copy: TaskCopy): Promise<unknown>;
  /** All of it must be said: file with line, what is wrong, what to do. */
  readonly says: readonly (string | RegExp)[];
}

export const CASES: readonly Case[] = [
  {
    what: 'task.yaml that is not YAML',
    break: (copy) => copy.task('  layout: table', '\tlayout: table'),
    says: [/task\.yaml:\d+:\d+: not readable as YAML/, 'Indent with spaces'],
  },
  {
    what: 'task.yaml in another encoding',
    break: (copy) =>
      writeFile(copy.path('task.yaml'), Buffer.from('version: 1\nname: caf\u00e9\n', 'latin1')),
    says: ['task.yaml:2:10: not UTF-8', 'UTF-8'],
  },
  {
    what: 'an unknown key',
    break: (copy) => copy.task(/^metric:/m, 'metrc:'),
    says: [/task\.yaml:\d+:1: unknown key "metrc"/, 'Did you mean "metric"?'],
  },
  {
    what: 'an unknown key below another',
    break: (copy) => copy.task('  target:', '  taget:'),
    says: [/task\.yaml:\d+:3: unknown key "taget" under "data"/, 'Did you mean "target"?'],
  },
  {
    what: 'a missing data file',
    break: (copy) => copy.task('train: train.csv', 'train: trian.csv'),
    says: [/task\.yaml:\d+:3: trian\.csv: no such file/, 'mend the name'],
  },
  {
    what: 'an empty data file',
    break: (copy) => truncate(copy.path('train.csv')),
    says: ['train.csv', /empty/i],
  },
  {
    what: 'a data file with a header alone',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 1 ? line : null)),
    says: ['train.csv:1', 'no rows', 'Add the data'],
  },
  {
    what: 'a data file that is an archive',
    break: async (copy) =>
      writeFile(copy.path('train.csv'), gzipSync(await readFile(copy.path('train.csv')))),
    says: ['train.csv', 'gzip', 'gunzip train.csv'],
  },
  {
    what: 'a row with a field too few',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 7 ? line.replace(/,[^,]*$/, '') : line)),
    says: [/train\.csv:7/, /fields/],
  },
  {
    what: 'pixels that do not make the image',
    example: 'digits',
    break: (copy) => copy.task('height: 8', 'height: 9'),
    says: ['task.yaml', /72/, /64/],
  },
  {
    what: 'a pixel that is no number',
    example: 'digits',
    break: (copy) =>
      copy.lines('train.csv', (line, n) => (n === 5 ? line.replace(/^([^,]+),[^,]+/, '$1,dark') : line)),
    says: [/train\.csv:5/, 'dark'],
  },
  {
    what: 'a wrong delimiter',
    break: (copy) => copy.edit('train.csv', (text) => text.replaceAll(',', ';')),
    says: ['train.csv:1', /delimiter: ";"/],
  },
  {
    what: 'a broken encoding',
    break: async (copy) => {
      const bytes = await readFile(copy.path('train.csv'));
      const third = bytes.indexOf(10, bytes.indexOf(10) + 1) + 1;
      bytes[third] = 0xff;
      await writeFile(copy.path('train.csv'), bytes);
    },
    says: ['train.csv:3', /utf-8/i],
  },
  {
    what: 'a column given twice',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 1 ? line.replace('bmi', 'age') : line)),
    says: ['train.csv:1:4', 'two columns `age`', 'Rename or remove'],
  },
  {
    what: 'a target column that is not there',
    break: (copy) => copy.task('target: progression', 'target: progresion'),
    says: [/task\.yaml:\d+:3/, 'no column `progresion`', 'progression'],
  },
  {
    what: 'an id column that is not there',
    break: (copy) => copy.task('id: id', 'id: ident'),
    says: [/task\.yaml:\d+:3/, 'no column `ident`'],
  },
  {
    what: 'an id given twice',
    break: (copy) => copy.lines('train.csv', (line, n) => (n === 4 ? line.replace(/^[^,]*/, 'r0000') : line)),
    says: ['train.csv:4', 'repeats the id `r0000` of line 2', 'remove the repeats'],
  },
  {
    what: 'one class only',
    example: 'breast-cancer',
    break: (copy) => copy.edit('train.csv', (text) => text.replaceAll('malignant', 'benign')),
    says: ['train.csv', 'one class', 'benign', 'Add rows of another class'],
  },
  {
    what: 'fewer rows than the split needs',
    break: (copy) => copy.lines('train.csv', (line, n) => (n <= 12 ? line : null)),
    says: ['train.csv', /11/, /20/],
  },
  {
    what: 'an unknown metric',
    break: (copy) => copy.task('metric: rmse', 'metric: rsme'),
    says: [/task\.yaml:\d+:1: metric: "rsme" is not known/, 'Did you mean rmse?'],
  },
  {
    what: 'a metric of regression where the target is a class',
    example: 'breast-cancer',
    break: (copy) => copy.task('metric: log_loss', 'metric: rmse'),
    says: [/train\.csv:2/, 'accuracy'],
  },
  {
    what: 'a metric of classification where the target is measured',
    break: async (copy) => {
      await copy.task('metric: rmse', 'metric: accuracy');
      await copy.task('target: progression', 'target: s5');
    },
    says: [/task\.yaml:\d+:1/, 'rmse'],
  },
  {
    what: 'a path that leaves the folder',
    break: (copy) => copy.task('train: train.csv', 'train: ../diabetes/train.csv'),
    says: [/task\.yaml:\d+:3/, 'stays inside its folder'],
  },
  {
    what: 'an absolute path',
    break: (copy) => copy.task('train: train.csv', 'train: /etc/passwd'),
    says: [/task\.yaml:\d+:3/, 'stays inside its folder'],
  },
  {
    what: 'a link that leaves the folder',
    break: async (copy) => {
      await symlink(join(EXAMPLES, 'diabetes', 'train.csv'), copy.path('linked.csv'));
      await copy.task('train: train.csv', 'train: linked.csv');
    },
    says: [/task\.yaml:\d+:3: linked\.csv is a link/, 'cp --remove-destination'],
  },
  {
    what: 'a sample submission with an id the test rows lack',
    example: 'breast-cancer',
    break: (copy) =>
      copy.lines('sample_submission.csv', (line, n) => (n === 3 ? line.replace(/^[^,]*/, 'stranger') : line)),
    says: ['sample_submission.csv:3', 'stranger', 'belongs to this test file'],
  },
  {
    what: 'a sample submission with other columns',
    example: 'breast-cancer',
    break: (copy) => copy.lines('sample_submission.csv', (line, n) => (n === 1 ? 'id,red,blue' : line)),
    says: ['sample_submission.csv:1', 'red'],
  },
];
