import { describe, expect, it } from 'vitest';
import { leanCurves, rounded } from './lean-report.ts';

function curve(name: string, values: readonly number[], count = values.length) {
  const points = values.map((value, step) => [step, value] as const);
  const at = (value: number) => ({ step: values.indexOf(value), value });
  const [lowest, highest] = [at(Math.min(...values)), at(Math.max(...values))];
  return { name, count, last: at(values.at(-1) ?? 0), lowest, highest, points };
}

describe('what a tuner is told of a training', () => {
  it('has four significant digits, and whole numbers whole', () => {
    const report = {
      job: 'j',
      oof: { value: 0.123456789, rows: 123456 },
      folds: [1234.5678, 0.000012345678],
    };
    expect(rounded([report, null])).toEqual([
      { job: 'j', oof: { value: 0.1235, rows: 123456 }, folds: [1235, 0.00001235] },
      null,
    ]);
  });

  it('tells a curve of one point as a number, a short one by its points, a long one with its extremes', () => {
    const curves = [curve('final_seconds', [2]), curve('loss', [3, 1]), curve('long', [5, 9, 4], 500)];
    expect(leanCurves(curves, { metric: 'accuracy', scored: true })).toEqual({
      final_seconds: 2,
      loss: {
        points: [
          [0, 3],
          [1, 1],
        ],
      },
      long: {
        count: 500,
        lowest: [2, 4],
        highest: [1, 9],
        points: [
          [0, 5],
          [1, 9],
          [2, 4],
        ],
      },
    });
  });

  it('shows what was no number beside the points', () => {
    const notFinite = { count: 3, kinds: ['nan'], firstStep: 1, lastStep: 3 };
    const curves = [{ ...curve('loss', [2]), notFinite }];
    expect(leanCurves(curves, { metric: 'accuracy', scored: true })).toEqual({
      loss: { points: [[0, 2]], notFinite },
    });
  });

  it('leaves out what the program says of folds that are scored, and only then', () => {
    const curves = [
      curve('valid_accuracy', [1, 2]),
      curve('oof_accuracy', [1]),
      curve('train_accuracy', [3]),
    ];
    const named = (scored: boolean) => Object.keys(leanCurves(curves, { metric: 'accuracy', scored }));
    expect(named(true)).toEqual(['train_accuracy']);
    expect(named(false)).toEqual(['valid_accuracy', 'oof_accuracy', 'train_accuracy']);
  });
});
