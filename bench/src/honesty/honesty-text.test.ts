import { expect, it } from 'vitest';
import { honestyLines } from './honesty-text.ts';

it('tells shares of the wall clock, and in brackets what was at work alone', () => {
  const [head, , row] = honestyLines([
    {
      name: 'digits',
      run: 'digits-k3f9x2-07',
      time: {
        wall: 100_000,
        alone: 20_000,
        activities: [
          { activity: 'search', busy: 90_000, wall: 70_000, alone: 0 },
          { activity: 'scoring', busy: 50_000, wall: 40_000, alone: 20_000 },
        ],
      },
      reuse: { made: 10, madeMilliseconds: 30_000, again: 4, savedMilliseconds: 12_000 },
    },
  ]);
  expect(head).toContain('| search | scoring |');
  expect(row).toContain('| 70.0 % | 40.0 % (20.0 %) |');
  expect(row).toContain('| 20.0 % | 10 in 30.0 s | 4 | 12.0 s |');
});
