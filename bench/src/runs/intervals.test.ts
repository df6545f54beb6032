import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covered, ongoing } from './intervals.ts';

const WINDOW = { from: 0, to: 100 };

describe('the time that intervals cover', () => {
  it('counts what overlaps once', () => {
    const intervals = [
      { from: 10, to: 30 },
      { from: 20, to: 40 },
      { from: 22, to: 25 },
      { from: 60, to: 70 },
    ];
    expect(covered(intervals, WINDOW)).toBe(40);
  });

  it('leaves out what lies beyond the window', () => {
    const intervals = [
      { from: -50, to: 5 },
      { from: 95, to: 500 },
      { from: 200, to: 300 },
    ];
    expect(covered(intervals, WINDOW)).toBe(10);
  });

  it('can be asked for where they overlap', () => {
    const intervals = [
      { from: 10, to: 30 },
      { from: 20, to: 40 },
      { from: 22, to: 25 },
    ];
    expect([2, 3, 4].map((atOnce) => covered(intervals, WINDOW, atOnce))).toEqual([10, 3, 0]);
  });

  it('is what one counts moment by moment', () => {
    const moment = fc.integer({ min: -20, max: 120 });
    const interval = fc.tuple(moment, moment).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    fc.assert(
      fc.property(fc.array(interval), fc.integer({ min: 1, max: 4 }), (intervals, atOnce) => {
        const moments = Array.from({ length: 100 }, (_, at) => at);
        const counted = moments.filter((at) => ongoing(intervals, at) >= atOnce).length;
        expect(covered(intervals, WINDOW, atOnce)).toBe(counted);
      }),
    );
  });
});
