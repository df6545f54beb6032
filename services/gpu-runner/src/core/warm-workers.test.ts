import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asked, type Demand, tend } from './warm-workers.ts';

const MINUTE = 60_000;
const IDLE_MS = 10 * MINUTE;
const state = (demands: readonly Demand[], held: string[], size: number) => ({
  demands,
  held,
  size,
  idleMs: IDLE_MS,
});
const jobs = (...kinds: string[]) => kinds.reduce<Demand[]>((demands, kind) => asked(demands, kind, 0), []);

describe('a warm worker', () => {
  test('is started for the kind of the first job', () => {
    expect(tend(state(jobs('a'), [], 1), 0)).toEqual({ begin: ['a'], end: [] });
  });

  test('is ended when nobody asked for its kind for long', () => {
    expect(tend(state(jobs('a'), ['a'], 1), IDLE_MS)).toEqual({ begin: [], end: ['a'] });
  });

  test('stays when jobs of another kind come in turn with those of its own', () => {
    expect(tend(state(jobs('a', 'b', 'a', 'b'), ['a'], 1), 0)).toEqual({ begin: [], end: [] });
  });

  test('makes way for a kind in far greater demand', () => {
    expect(tend(state(jobs('a', 'b', 'b', 'b'), ['a'], 1), 0)).toEqual({ begin: ['b'], end: ['a'] });
  });

  test('makes way for a new kind once its own is out of use', () => {
    const later = asked(jobs('a'), 'b', 9 * MINUTE);
    expect(tend(state(later, ['a'], 1), 9 * MINUTE)).toEqual({ begin: ['b'], end: ['a'] });
  });

  test('has a second beside it where its kind is in great demand, before a rare kind has one', () => {
    expect(tend(state(jobs('a', 'a', 'a', 'b'), ['a'], 2), 0)).toEqual({ begin: ['a'], end: [] });
  });

  test('shares the places with another kind asked for as often', () => {
    expect(tend(state(jobs('a', 'b'), ['a'], 2), 0)).toEqual({ begin: ['b'], end: [] });
  });

  test('is never started where none are wanted', () => {
    expect(tend(state(jobs('a'), [], 0), 0)).toEqual({ begin: [], end: [] });
  });
});

test('whatever is asked for, places are filled, never exceeded, and tending twice changes nothing', () => {
  const kind = fc.constantFrom('a', 'b', 'c', 'd');
  const history = fc.array(fc.record({ kind, after: fc.integer({ min: 0, max: 4 * MINUTE }) }), {
    maxLength: 40,
  });
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 3 }), (asks, size) => {
      let demands: Demand[] = [];
      let held: string[] = [];
      let now = 0;
      for (const ask of asks) {
        now += ask.after;
        demands = asked(demands, ask.kind, now);
        const taken = held.indexOf(ask.kind);
        if (taken >= 0) held.splice(taken, 1);
        held = after(held, tend(state(demands, held, size), now));
        expect(held.length).toBe(size);
        expect(tend(state(demands, held, size), now)).toEqual({ begin: [], end: [] });
      }
    }),
  );
});

function after(held: readonly string[], { begin, end }: ReturnType<typeof tend>): string[] {
  const left = [...held];
  for (const kind of end) {
    const place = left.indexOf(kind);
    expect(place).toBeGreaterThanOrEqual(0);
    left.splice(place, 1);
  }
  return [...left, ...begin];
}
