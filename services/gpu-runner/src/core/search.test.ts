import fc from 'fast-check';
import { expect, test } from 'vitest';
import { awayMs, isInVain, type Search, wentOn } from './search.ts';

test('who is given back stays away until the whole lane can have been looked at, and never for long', () => {
  expect([0, 20, 200, 100_000].map(awayMs)).toEqual([400, 400, 4000, 10_000]);
});

test('a search ends after a few seconds of searching, however many jobs there are', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), fc.integer({ min: 1, max: 1000 }), (lying, stepMs) => {
      let search: Search | undefined;
      let looks = 0;
      for (let now = 0; search === undefined || !isInVain(search, lying); now += stepMs) {
        search = wentOn(search, now);
        looks += 1;
      }
      expect(looks * Math.min(stepMs, 250)).toBeLessThanOrEqual(5000 + 2 * 250);
    }),
  );
});

test('the time in which a host was full is no search', () => {
  const search = wentOn(wentOn(undefined, 0), 60_000);
  expect(isInVain(search, 0)).toBe(false);
});
