import type { ColumnPortrait, MetricName } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { against, classes, column, measurement, rowNames, table } from '../testing/profiles.ts';
import { proposeTask } from './propose-task.ts';

const TABLES = { train: 'train.csv', test: 'test.csv', sample: 'sample.csv', others: [], doubts: [] };
const inputs = [rowNames('id'), measurement('x1'), measurement('x2')];

interface Folder {
  readonly train?: readonly ColumnPortrait[];
  readonly test?: readonly ColumnPortrait[];
  readonly sample?: readonly ColumnPortrait[];
  readonly description?: string | null;
}

/** A test table lacks what training has beyond `inputs`. */
function proposed({ train = [], test = inputs, sample, description = null }: Folder) {
  const predicted = table('test.csv', test);
  return proposeTask({ name: 'weeds', description }, TABLES, {
    train: against(table('train.csv', [...inputs, ...train]), predicted),
    test: predicted,
    sample: sample === undefined ? null : table('sample.csv', sample),
  });
}

/** One table and nothing else. */
function alone(columns: readonly ColumnPortrait[], description: string | null = null) {
  const tables = { ...TABLES, test: null, sample: null };
  const profiles = { train: table('train.csv', columns), test: null, sample: null };
  return proposeTask({ name: 'weeds', description }, tables, profiles);
}

describe('the task of a bare folder', () => {
  it('predicts what the test table lacks, names rows, and is handed in as the sample is', () => {
    const weed = classes('weed', 'no', 'yes');
    expect(proposed({ train: [weed], sample: [rowNames('id'), weed] })).toEqual({
      kind: 'proposed',
      task: {
        name: 'weeds',
        description: 'Predict weed from the other columns of train.csv.',
        data: {
          layout: 'table',
          train: 'train.csv',
          test: 'test.csv',
          sample_submission: 'sample.csv',
          id: 'id',
          target: 'weed',
        },
        metric: 'accuracy',
      },
      doubts: ['the folder does not say how predictions are judged: accuracy is taken, for classes'],
    });
  });

  it('predicts what the sample asks for, where the test table lacks more', () => {
    const train = [measurement('seen later'), measurement('price')];
    expect(proposed({ train, sample: [rowNames('id'), measurement('price')] })).toMatchObject({
      task: { data: { target: 'price' }, metric: 'rmse' },
    });
  });

  it('finds the column whose classes the sample has as columns, behind a prefix', () => {
    const train = [measurement('seen later'), classes('kind', 'a', 'b', 'c')];
    const sample = [rowNames('id'), measurement('p_a'), measurement('p_b'), measurement('p_c')];
    expect(proposed({ train, sample })).toMatchObject({
      task: { data: { target: 'kind' }, metric: 'log_loss' },
    });
  });

  it('several numbers that the sample asks for are predicted together', () => {
    const train = [measurement('t1'), measurement('t2')];
    expect(proposed({ train, sample: [rowNames('id'), ...train] })).toMatchObject({
      task: { data: { target: ['t1', 't2'] }, metric: 'rmse' },
    });
  });

  it('several columns of noughts and ones are labels of one row', () => {
    const train = [classes('rude', '0', '1'), classes('threat', '0', '1')];
    expect(proposed({ train, sample: [rowNames('id'), ...train] })).toMatchObject({
      task: { data: { target: ['rude', 'threat'] }, metric: 'roc_auc' },
    });
  });

  it.each<[string, ColumnPortrait[], string | null, string]>([
    ['called so', [measurement('target'), measurement('z')], null, 'target by its name'],
    ['spoken of', [measurement('crop'), measurement('z')], 'Please predict the crop of a field.', 'crop'],
    ['the last', [measurement('y1'), measurement('y2')], 'Nothing of use.', 'y2'],
  ])(
    'takes for the answer the column that is %s, and says that it guesses',
    (_, columns, description, said) => {
      expect(alone([rowNames('id'), ...columns], description)).toMatchObject({
        doubts: [expect.stringContaining(said), expect.stringContaining('judged')],
      });
    },
  );

  it('leaves the sample aside when no column names the rows of all tables', () => {
    const [, ...unnamed] = inputs;
    const predicted = table('test.csv', [rowNames('id'), ...unnamed]);
    const train = against(table('train.csv', [...unnamed, classes('weed', '0', '1')]), predicted);
    const sample = table('sample.csv', [rowNames('id'), measurement('weed')]);
    const proposal = proposeTask({ name: 'w', description: null }, TABLES, {
      train,
      test: predicted,
      sample,
    });
    expect(proposal).toMatchObject({
      doubts: [expect.anything(), expect.stringContaining('sample.csv is left')],
    });
    expect(proposal.kind === 'proposed' && proposal.task.data).toEqual({
      layout: 'table',
      train: 'train.csv',
      test: 'test.csv',
      target: 'weed',
    });
  });

  it('takes no acid for an id', () => {
    const folder = alone([rowNames('citric acid'), measurement('x'), measurement('quality')]);
    expect(folder.kind === 'proposed' && folder.task.data.id).toBe('citric acid');
    const later = alone([measurement('x'), rowNames('citric acid'), measurement('quality')]);
    expect(later.kind === 'proposed' && later.task.data.id).toBeUndefined();
  });

  it('says that an id on several rows may divide them', () => {
    expect(proposed({ train: [column('patient_id'), measurement('dose')] })).toMatchObject({
      doubts: expect.arrayContaining([expect.stringContaining('split by group patient_id')]),
    });
  });

  it('states the delimiter and the encoding that the training table needs', () => {
    const train = table('train.csv', [measurement('x'), measurement('y')], {
      delimiter: ';',
      encoding: 'cp1252',
    });
    const proposal = proposeTask({ name: 'w', description: null }, TABLES, {
      train,
      test: null,
      sample: null,
    });
    expect(proposal).toMatchObject({ task: { data: { delimiter: ';', encoding: 'cp1252' } } });
  });
});

describe('pixels', () => {
  const pixels = (name: string, through: string, columns: number, largest = 255) =>
    column(name, { through, columns, kind: 'numeric', whole: true, smallest: 0, largest });

  it.each([
    ['pixel_0_0', 'pixel_7_7', 64, { height: 8, width: 8, channels: 1 }],
    ['pixel0', 'pixel783', 784, { height: 28, width: 28, channels: 1 }],
    ['1x1', '28x28', 784, { height: 28, width: 28, channels: 1 }],
    ['px_0_0_0', 'px_9_7_2', 240, { height: 10, width: 8, channels: 3 }],
    ['pixel0', 'pixel3071', 3072, { height: 32, width: 32, channels: 3 }],
  ])('%s to %s are an image', (name, through, count, image) => {
    const folder = alone([rowNames('id'), pixels(name, through, count), classes('label', '0', '1')]);
    expect(folder).toMatchObject({ task: { data: { layout: 'pixels', image } } });
  });

  it.each([
    ['of another name', pixels('gene0', 'gene783', 784)],
    ['of no square', pixels('pixel0', 'pixel700', 701)],
    ['brighter than white', pixels('pixel0', 'pixel783', 784, 4000)],
  ])('columns %s are none', (_, family) => {
    const folder = alone([rowNames('id'), family, classes('label', '0', '1')]);
    expect(folder).toMatchObject({ task: { data: { layout: 'table' } } });
  });

  it('with a measurement beside them are columns like others', () => {
    const folder = alone([pixels('pixel0', 'pixel783', 784), measurement('age'), classes('label', '0', '1')]);
    expect(folder).toMatchObject({ task: { data: { layout: 'table' } } });
  });
});

describe('the metric', () => {
  it.each<[string, ColumnPortrait, MetricName]>([
    ['a number', measurement('t'), 'rmse'],
    ['a count of few kinds', classes('t', '1', '2', '3'), 'accuracy'],
    ['words', classes('t', 'a', 'b'), 'accuracy'],
    [
      'two very uneven classes',
      { ...classes('t', 'a', 'b'), levels: [{ value: 'a', share: 0.95 }] },
      'roc_auc',
    ],
    [
      'three very uneven classes',
      { ...classes('t', 'a', 'b', 'c'), levels: [{ value: 'a', share: 0.95 }] },
      'f1_macro',
    ],
  ])('for %s is %s without a word about it', (_, target, metric) => {
    expect(proposed({ train: [target] })).toMatchObject({ task: { metric } });
  });

  it('is the area under the curve where the sample has shares of two classes', () => {
    const sample = [rowNames('id'), measurement('t')];
    expect(proposed({ train: [classes('t', '0', '1')], sample })).toMatchObject({
      task: { metric: 'roc_auc' },
    });
  });

  it('is what the description says, even if few whole numbers could be classes', () => {
    const description = 'Submissions are scored by mean absolute error.';
    const folder = proposed({ train: [classes('t', '1', '2', '3')], description });
    expect(folder).toMatchObject({ task: { metric: 'mae', description }, doubts: [] });
  });

  it('is not what the description says when the answer is no such thing, and that is said', () => {
    const description = 'Submissions are scored by mean absolute error.';
    const folder = proposed({ train: [classes('t', 'a', 'b')], description });
    expect(folder).toMatchObject({
      task: { metric: 'accuracy' },
      doubts: [expect.stringContaining('does not suit t')],
    });
  });
});
