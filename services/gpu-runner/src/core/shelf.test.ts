import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Shelved, toThrowOut } from './shelf.ts';

const shelved: fc.Arbitrary<Shelved[]> = fc.uniqueArray(
  fc.record({ name: fc.uuid(), bytes: fc.nat(1000), usedAt: fc.nat(100), inUse: fc.boolean() }),
  { selector: ({ name }) => name, maxLength: 20 },
);

test('what is in use is never thrown out, and nothing without need', () => {
  fc.assert(
    fc.property(shelved, fc.nat(2000), fc.nat(5000), (all, wanted, maxBytes) => {
      const out = new Set(toThrowOut(all, wanted, maxBytes));
      const stays = all.filter(({ name }) => !out.has(name));
      const bytes = (some: readonly Shelved[]) => some.reduce((sum, one) => sum + one.bytes, 0);
      expect(all.filter(({ name, inUse }) => inUse && out.has(name))).toEqual([]);
      // Either it fits now, or nothing more can go.
      expect(wanted + bytes(stays) <= maxBytes || stays.every(({ inUse }) => inUse)).toBe(true);
      // The last one that went had to go.
      const last = all.find(({ name }) => name === [...out].at(-1));
      if (last !== undefined) expect(wanted + bytes(stays) + last.bytes).toBeGreaterThan(maxBytes);
    }),
  );
});

test('what was used longest ago goes first', () => {
  fc.assert(
    fc.property(shelved, fc.nat(5000), (all, maxBytes) => {
      const out = new Set(toThrowOut(all, 0, maxBytes));
      const free = all.filter(({ inUse }) => !inUse);
      const newestOut = Math.max(...free.filter(({ name }) => out.has(name)).map(({ usedAt }) => usedAt));
      const oldestIn = Math.min(...free.filter(({ name }) => !out.has(name)).map(({ usedAt }) => usedAt));
      expect(newestOut).toBeLessThanOrEqual(oldestIn);
    }),
  );
});
