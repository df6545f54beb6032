import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile, ratios, spreadOf } from './statistics.ts';

describe('a quantile', () => {
  it('lies between its two nearest values', () => {
    expect(quantile([40, 10, 30, 20], 0.5)).toBe(25);
    expect(quantile([1, 2, 3], 0.95)).toBeCloseTo(2.9);
  });

  it('is the value itself when there is but one', () => {
    expect(quantile([7], 0.99)).toBe(7);
  });

  it('of no values is an error', () => {
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });

  it('never leaves the range of the values, and never falls as its share grows', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
    const share = fc.double({ noNaN: true, min: 0, max: 1 });
    fc.assert(
      fc.property(values, share, share, (of, one, other) => {
        const [low, high] = [quantile(of, Math.min(one, other)), quantile(of, Math.max(one, other))];
        expect(low).toBeGreaterThanOrEqual(Math.min(...of));
        expect(high).toBeLessThanOrEqual(Math.max(...of));
        expect(high - low).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });
});

describe('a spread', () => {
  it('of no values is none', () => {
    expect(spreadOf([])).toBeNull();
  });

  it('tells how many there are, the middle, and the ends', () => {
    expect(spreadOf([3, 1, 2])).toMatchObject({ n: 3, median: 2, min: 1, max: 3 });
  });
});

describe('ratios of two series', () => {
  it('are taken round by round, so that what slows a round down slows both', () => {
    expect(ratios([50, 5], [100, 10])).toEqual([0.5, 0.5]);
  });

  it('leave out a round that has no counterpart', () => {
    expect(ratios([1, 2, 3], [2, 0])).toEqual([0.5]);
  });
});
