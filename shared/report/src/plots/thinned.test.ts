import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { thinned } from './thinned.ts';

const curve = (values: readonly number[]) => values.map((value, step) => ({ step, name: 'loss', value }));
const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 400 });

describe('a thinned curve', () => {
  it('keeps its extremes, its end and its order, and is no longer than was asked', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 10, max: 100 }), (all, most) => {
        const points = curve(all);
        const kept = thinned(points, most);
        const of = (which: typeof points) => which.map(({ value }) => value);
        expect(Math.max(...of(kept))).toBe(Math.max(...all));
        expect(Math.min(...of(kept))).toBe(Math.min(...all));
        expect(kept.at(-1)).toBe(points.at(-1));
        expect(kept.map(({ step }) => step)).toEqual(kept.map(({ step }) => step).toSorted((a, b) => a - b));
        expect(kept.length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});
