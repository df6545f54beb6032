import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goesBefore, type Share, type Shares } from './fair-share.ts';

const shares = (of: Record<string, Share>): Shares => new Map(Object.entries(of));

test('a run that has more than another one, which waits, lets it go first', () => {
  const held = shares({ a: { held: 3, servedAt: 1 }, b: { held: 1, servedAt: 9 } });
  expect(goesBefore('a', ['a', 'b'], held, 'accelerators')).toEqual({
    run: 'b',
    reason: 'run a has 3 accelerators here; run b, which waits, has 1',
  });
  expect(goesBefore('b', ['a', 'b'], held, 'accelerators')).toBeNull();
});

test('of two with as much, the one that was served less recently goes first', () => {
  const held = shares({ a: { held: 0, servedAt: 9 } });
  expect(goesBefore('a', ['b'], held, 'slots')?.reason).toBe(
    'run b has waited longer for its turn than run a',
  );
});

test('nobody waits for a run that does not wait', () => {
  expect(goesBefore('a', ['a'], shares({ a: { held: 9, servedAt: 9 } }), 'slots')).toBeNull();
});

test('whoever waits, there is one who goes before all others', () => {
  const share = fc.record({ held: fc.nat({ max: 4 }), servedAt: fc.nat({ max: 4 }) });
  const all = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), share, { minKeys: 1 });
  fc.assert(
    fc.property(all, (of) => {
      const runs = Object.keys(of);
      const first = runs.filter((run) => goesBefore(run, runs, shares(of), 'slots') === null);
      expect(first.length).toBeGreaterThan(0);
    }),
  );
});

test('with one slot, a modest run is served between any two jobs of a greedy one', () => {
  const served: string[] = [];
  let now: Shares = new Map();
  for (let n = 1; n <= 20; n++) {
    const waiting = ['greedy', 'modest'];
    const next = waiting.find((run) => goesBefore(run, waiting, now, 'slots') === null) ?? '';
    served.push(next);
    now = new Map(now).set(next, { held: 0, servedAt: n });
  }
  expect(served.filter((run) => run === 'modest')).toHaveLength(10);
});
