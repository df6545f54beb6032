import { describe, expect, it } from 'vitest';
import { tablesOf } from './tables.ts';

const found = (...paths: string[]) => tablesOf(paths.map((path) => ({ path, bytes: path.length })));

describe('the tables of a folder', () => {
  it.each([
    [
      ['train.csv', 'test.csv', 'sample_submission.csv'],
      ['train.csv', 'test.csv', 'sample_submission.csv'],
    ],
    [
      ['gender_submission.csv', 'test.csv', 'train.csv'],
      ['train.csv', 'test.csv', 'gender_submission.csv'],
    ],
    [
      ['sampleSubmission.csv', 'Train.tsv', 'Test.tsv'],
      ['Train.tsv', 'Test.tsv', 'sampleSubmission.csv'],
    ],
    [
      ['data/train_set.csv', 'data/test_set.csv', 'train.csv'],
      ['train.csv', 'data/test_set.csv', null],
    ],
    [['winequality-red.csv'], ['winequality-red.csv', null, null]],
    [
      ['a/train.csv', 'latest.csv'],
      ['a/train.csv', null, null],
    ],
  ])('%j are told by their names', (paths, [train, test, sample]) => {
    expect(found(...paths)).toMatchObject({ kind: 'found', train, test, sample });
  });

  it('answers in a file of their own are what is learned from', () => {
    expect(found('X_train.csv', 'X_test.csv', 'y_train.csv', 'sample_submission.csv')).toMatchObject({
      train: 'y_train.csv',
      test: null,
      others: ['X_train.csv', 'X_test.csv'],
    });
  });

  it('further tables are kept in mind', () => {
    expect(found('train.csv', 'stores.csv', 'test.csv')).toMatchObject({ others: ['stores.csv'] });
  });

  it('of several tables without a telling name the largest is taken, which is a doubt', () => {
    const tables = tablesOf([
      { path: 'a.csv', bytes: 1 },
      { path: 'b.csv', bytes: 2 },
    ]);
    expect(tables).toMatchObject({
      train: 'b.csv',
      doubts: [expect.stringContaining('b.csv')],
    });
  });

  it('archives are named as what is to be unpacked', () => {
    expect(found('train.csv.zip', 'sample_submission.csv')).toEqual({
      kind: 'unclear',
      reason: expect.stringContaining('unpack train.csv.zip'),
    });
  });
});
