import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvesOf } from './job-curves.ts';

const losses = (values: readonly number[]) => values.map((value, step) => ({ name: 'loss', step, value }));

describe('curves', () => {
  it('keep their extremes however many points they have', () => {
    const values = Array.from({ length: 5000 }, (_, step) => (step === 1234 ? 99 : 1 / (step + 1)));
    const [curve] = curvesOf(losses(values));
    expect(curve).toMatchObject({
      name: 'loss',
      count: 5000,
      highest: { step: 1234, value: 99 },
      lowest: { step: 4999, value: 1 / 5000 },
      last: { step: 4999 },
    });
    expect(curve?.points).toHaveLength(12);
    expect(curve?.points[0]).toEqual([0, 1]);
    expect(curve?.points).toContainEqual([1234, 99]);
    expect(curve?.points.at(-1)).toEqual([4999, 1 / 5000]);
  });

  it('show both ends and both extremes among few points, in order, whatever they look like', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        const [curve] = curvesOf(losses(values));
        const shown = curve?.points.map(([, one]) => one) ?? [];
        const steps = curve?.points.map(([step]) => step) ?? [];
        expect(shown.length).toBeLessThanOrEqual(12);
        expect(Math.min(...shown)).toBe(Math.min(...values));
        expect(Math.max(...shown)).toBe(Math.max(...values));
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        expect([steps[0], steps.at(-1)]).toEqual([0, values.length - 1]);
      }),
    );
  });

  it('are told apart by name', () => {
    expect(
      curvesOf([...losses([1]), { name: 'accuracy', step: 0, value: 0.5 }]).map(({ name }) => name),
    ).toEqual(['loss', 'accuracy']);
  });

  it('take a step as the last attempt reported it', () => {
    const again = [...losses([1, 2]), { name: 'loss', step: 1, value: 5 }];
    expect(curvesOf(again)[0]?.points).toEqual([
      [0, 1],
      [1, 5],
    ]);
  });

  it('flag what is no number, apart from their points', () => {
    const [curve] = curvesOf(losses([3, Number.NaN, 1, Number.POSITIVE_INFINITY, Number.NaN]));
    expect(curve).toMatchObject({ count: 2, lowest: { step: 2, value: 1 }, last: { step: 2 } });
    expect(curve?.notFinite).toEqual({ count: 3, kinds: ['nan', 'infinity'], firstStep: 1, lastStep: 4 });
  });

  it('without any number are there as their flags', () => {
    expect(curvesOf(losses([Number.NaN]))).toEqual([
      {
        ...{ name: 'loss', count: 0, last: null, lowest: null, highest: null, points: [] },
        notFinite: { count: 1, kinds: ['nan'], firstStep: 0, lastStep: 0 },
      },
    ]);
  });

  it('are not so many that a flagged one is left out', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({
      name: `m${n}`,
      step: 0,
      value: n === 39 ? Number.NaN : n,
    }));
    const names = curvesOf(many).map(({ name }) => name);
    expect(names).toHaveLength(16);
    expect(names.at(-1)).toBe('m39');
  });
});
