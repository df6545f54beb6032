import { describe, expect, it } from 'vitest';
import { folder, rows, survey } from '../../testing/surveys.ts';
import { folderUnits } from './folder-units.ts';
import { sideTables } from './side-tables.ts';
import { tableFiles } from './table-files.ts';

describe('files that are units', () => {
  it('take their label from the folder they lie in', () => {
    const found = folderUnits(
      survey({
        folders: [
          folder('train/cat', { '#.jpg': 30 }),
          folder('train/dog', { '#.jpg': 30 }),
          folder('test', { '#.jpg': 20 }),
        ],
        siblings: [
          {
            path: '',
            folders: [
              { name: 'train', files: 60 },
              { name: 'test', files: 20 },
            ],
            count: 2,
          },
          {
            path: 'train',
            folders: [
              { name: 'cat', files: 30 },
              { name: 'dog', files: 30 },
            ],
            count: 2,
          },
        ],
      }),
    );
    expect(found?.data).toEqual({
      layout: 'folder',
      train: 'train',
      test: 'test',
      media: 'image',
      label: { from: 'folder' },
      target: 'label',
    });
  });

  it('take it from their name where names begin with words that come again', () => {
    const folders = [
      folder('train', { 'yes_#.wav': 20, 'no_#.wav': 20 }),
      folder('test', { 'clip#.wav': 9 }),
    ];
    const data = folderUnits(survey({ folders }))?.data;
    expect(data).toMatchObject({ train: 'train', test: 'test', media: 'audio', label: { from: 'name' } });
  });

  it.each([
    ['one word before every number', { 'img_#.png': 40 }],
    ['a word for each file', { 'a#.png': 1, 'b#.png': 1, 'c#.png': 1, 'd#.png': 1 }],
    ['files of several kinds', { 'a#.png': 3, 'b#.txt': 3 }],
  ])('have no label by %s', (_, names) => {
    expect(folderUnits(survey({ folders: [folder('train', names)] }))).toBeNull();
  });

  it('have masks where a folder of two brightnesses has the same names', () => {
    const size = { looked: 5, sizes: [] };
    const data = folderUnits(
      survey({
        folders: [
          folder('train/images', { '#.png': 30 }),
          folder('train/masks', { '#.png': 30 }),
          folder('test/images', { '#.png': 10 }),
        ],
        images: [
          { folder: 'train/images', binary: false, ...size },
          { folder: 'train/masks', binary: true, ...size },
        ],
        matches: [
          { folder: 'train/masks', other: 'train/images', column: null, shared: 30, of: 30, named: null },
        ],
      }),
    )?.data;
    expect(data).toMatchObject({
      train: 'train/images',
      test: 'test/images',
      label: { from: 'file', path: 'train/masks/{stem}.png', media: 'mask' },
      target: 'mask',
    });
  });

  it('name the archive that they are in', () => {
    const folders = [folder('train', { 'cat.#.jpg': 30, 'dog.#.jpg': 30 }, 'train.zip')];
    expect(folderUnits(survey({ folders }))?.data.archives).toEqual(['train.zip']);
  });
});

describe('what belongs to the rows of a table', () => {
  it('are the files that a column names, of the rows to predict too', () => {
    const match = { column: 'image_id', shared: 40, of: 40, named: 'stem' as const };
    const found = tableFiles(
      survey({
        folders: [folder('train_images', { '#.jpg': 40 }), folder('test_images', { '#.jpg': 10 })],
        matches: [
          { folder: 'train_images', other: 'train.csv', ...match },
          { folder: 'test_images', other: 'test.csv', ...match, shared: 10, of: 10 },
        ],
      }),
      'train.csv',
      'test.csv',
    );
    expect(found?.files).toEqual({
      image: { path: 'train_images/{image_id}.jpg', test: 'test_images/{image_id}.jpg', media: 'image' },
    });
  });

  it('are not files that half of the rows lack', () => {
    const half = { column: 'id', shared: 20, of: 40, named: 'name' as const };
    const folders = [folder('images', { '#.jpg': 40 })];
    const matches = [{ folder: 'images', other: 'train.csv', ...half }];
    expect(tableFiles(survey({ folders, matches }), 'train.csv', null)).toBeNull();
  });

  it('are the rows of other tables that have its key, in two files where they are cut in two', () => {
    const tables = [
      rows('X_train.csv', ['id', 'v']),
      rows('X_test.csv', ['id', 'v']),
      rows('visits.csv', ['id', 'cost']),
      rows('towns.csv', ['town']),
    ];
    const others = tables.map(({ path }) => path);
    expect(sideTables(survey({ tables }), 'id', others)?.tables).toEqual({
      rows: { train: 'X_train.csv', test: 'X_test.csv', key: 'id' },
      visits: { train: 'visits.csv', key: 'id' },
    });
  });
});
