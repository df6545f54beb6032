import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paused, type RateState, takeTurn, UNUSED } from './rate.ts';

const NOW = 1_000_000;
const EVER = { now: NOW, latest: Number.POSITIVE_INFINITY };

/** When so many calls that all come at once may be made. */
function turns(count: number, perMinute: number): number[] {
  const at: number[] = [];
  let state: RateState = UNUSED;
  for (let n = 0; n < count; n += 1) {
    const turn = takeTurn(state, perMinute, EVER);
    state = turn.next ?? state;
    at.push(turn.at - NOW);
  }
  return at;
}

describe('the rate of a key', () => {
  it('lets a short burst through, then one call at a time', () => {
    expect(turns(8, 60)).toEqual([0, 0, 0, 0, 0, 0, 1000, 2000]);
  });

  it('that is slow has no burst', () => {
    expect(turns(3, 6)).toEqual([0, 10_000, 20_000]);
  });

  it('without a bound waits only while the provider asks for it', () => {
    const state = paused(UNUSED, NOW + 500);
    expect(takeTurn(state, null, EVER).at).toBe(NOW + 500);
    expect(takeTurn(UNUSED, null, EVER).at).toBe(NOW);
  });

  it('takes nothing for who would not wait so long', () => {
    const full = { pausedUntil: 0, due: NOW + 60_000 };
    expect(takeTurn(full, 60, { now: NOW, latest: NOW + 1000 })).toEqual({ at: NOW + 55_000, next: null });
  });

  it('keeps the later of two pauses', () => {
    expect(paused(paused(UNUSED, 900), 800).pausedUntil).toBe(900);
  });

  it('is never passed by more than the burst in any minute, whenever calls come', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: 600 }), (between, perMinute) => {
        let state: RateState = UNUSED;
        let now = NOW;
        const made = between.map((gap) => {
          now += gap;
          const turn = takeTurn(state, perMinute, { now, latest: Number.POSITIVE_INFINITY });
          state = turn.next ?? state;
          return turn.at;
        });
        const burst = Math.max(1, Math.floor(perMinute / 10));
        for (const from of made) {
          const within = made.filter((at) => at >= from && at < from + 60_000);
          expect(within.length).toBeLessThanOrEqual(perMinute + burst);
        }
      }),
    );
  });
});
