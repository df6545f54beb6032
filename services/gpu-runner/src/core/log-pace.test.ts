import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesAllowed } from './log-pace.ts';

const MiB = 2 ** 20;

test('two thousand lines a second, more after a pause, never more than can be sent at once', () => {
  const allowed = (sinceMs: number) => linesAllowed({ characters: 0, keptBytes: MiB, sinceMs });
  expect([500, 2000, 90_000].map(allowed)).toEqual([1000, 4000, 20_000]);
});

test('what is sent of a program that never stops talking stays near what is kept of it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 5000 }), fc.integer({ min: 1, max: 8192 }), (turnMs, length) => {
      let characters = 0;
      let sentAt = 0;
      for (let now = turnMs; now <= 3600_000; now += turnMs) {
        const lines = linesAllowed({ characters, keptBytes: MiB, sinceMs: now - sentAt });
        if (lines > 0) sentAt = now;
        characters += lines * length;
      }
      const overshoot = 20_000 * length;
      const glimpses = 360 * 10 * length;
      expect(characters).toBeLessThanOrEqual(MiB + overshoot + glimpses);
    }),
    { numRuns: 20 },
  );
});
