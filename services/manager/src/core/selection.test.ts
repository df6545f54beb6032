import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Evidence, judge, type Standing, together } from './selection.ts';

const evidence = (improvement: number, standardError = 1): Evidence => ({ improvement, standardError });
const standing = (over: Partial<Standing> = {}): Standing => ({
  hidden: evidence(0),
  oof: null,
  costRatio: 1,
  queries: 10,
  ...over,
});

describe('a challenger takes the place of the best', () => {
  it('when it is likelier the better, at about the same cost', () => {
    expect(judge(standing({ hidden: evidence(0.1) })).wins).toBe(true);
    expect(judge(standing({ hidden: evidence(-0.1) })).wins).toBe(false);
  });

  it('at four times the cost only by more than little, and by the more the oftener was asked', () => {
    const dear = (improvement: number, queries: number) =>
      judge(standing({ hidden: evidence(improvement), costRatio: 4, queries }));
    expect(dear(0.6, 10).wins).toBe(true);
    expect(dear(0.5, 10).wins).toBe(false);
    expect(dear(0.6, 100).wins).toBe(false);
    expect(dear(0.6, 100).why).toContain('worth its cost');
  });

  it('at a fourth of the cost even when it is a little worse', () => {
    const cheap = (improvement: number) =>
      judge(standing({ hidden: evidence(improvement), costRatio: 0.25 }));
    expect(cheap(-0.2).wins).toBe(true);
    expect(cheap(-0.3).wins).toBe(false);
  });

  it('when out-of-fold rows turn the balance', () => {
    const both = judge(standing({ hidden: evidence(-0.1), oof: evidence(0.5, 0.5) }));
    expect(both.wins).toBe(true);
    expect(both.evidence.improvement).toBeCloseTo(0.2);
  });

  it('never on account of out-of-fold rows that contradict the hidden ones', () => {
    expect(judge(standing({ hidden: evidence(-0.1), oof: evidence(10, 0.5) })).wins).toBe(false);
  });

  it('when the two are equal in everything but cost', () => {
    const equal = evidence(0, 0);
    expect(judge(standing({ hidden: equal, costRatio: 0.9 })).wins).toBe(true);
    expect(judge(standing({ hidden: equal, costRatio: 1.1 })).wins).toBe(false);
  });
});

describe('two measurements of one difference', () => {
  it('together are never less sure than the hidden one, which never counts for less than the other', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const error = fc.double({ min: 0.01, max: 5, noNaN: true });
    fc.assert(
      fc.property(number, error, number, error, (a, errorA, b, errorB) => {
        const both = together(evidence(a, errorA), evidence(b, errorB));
        expect(both.standardError).toBeLessThanOrEqual(errorA * (1 + 1e-9));
        expect(Math.abs(both.improvement - a)).toBeLessThanOrEqual(Math.abs(b - a) / 2 + 1e-9);
      }),
    );
  });
});
