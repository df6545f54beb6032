import { describe, expect, it } from 'vitest';
import { claimErrors, run } from './contest.ts';
import { recorded } from './recorded.ts';
import { SETTINGS, simulated } from './simulated.ts';
import { meanOf, summaryOf } from './summary.ts';
import { WAYS } from './ways.ts';

const SEARCHES = 200;
const wayNamed = (name: string) => {
  const found = WAYS.find((way) => way.name === name);
  if (found === undefined) throw new RangeError(`no way is called ${name}`);
  return found;
};
const regretsOf = (name: string) =>
  SETTINGS.flatMap((setting) =>
    Array.from({ length: SEARCHES }, (_, seed) => run(simulated(setting, seed + 1), wayNamed(name)).regret),
  );

describe('the way that is shipped', () => {
  it('regrets less than the highest score and than changes past noise alone, over the same searches', () => {
    const shipped = regretsOf('both rows, ties by cost, reseeded');
    for (const other of ['own numbers', 'highest score (as before)', 'past noise only']) {
      const less = regretsOf(other).map((regret, n) => regret - (shipped[n] ?? 0));
      const { mean, half } = meanOf(less);
      expect(mean - half).toBeGreaterThan(0);
    }
  });
});

describe('a search', () => {
  it('that is recorded is played in its order', () => {
    const table = (improvement: number) =>
      [
        [
          [0, 1],
          [-improvement, 1],
        ],
        [
          [improvement, 1],
          [0, 1],
        ],
      ] satisfies [number, number][][];
    const search = recorded({
      task: 'two',
      candidates: [
        { worth: 1, cost: 1 },
        { worth: 3, cost: 1 },
      ],
      hidden: table(2),
      again: table(2),
      oof: table(2),
    });
    const way = wayNamed('highest score (as before)');
    expect(run(search, way)).toMatchObject({ regret: 0, worth: 3, changes: 1, claims: 1, falseClaims: 0 });
  });

  it('is summed up with half a 95 % interval of the mean', () => {
    const outcome = { worth: 1, cost: 1, changes: 1, claims: 0, falseClaims: 0 };
    const { regret, falseClaims } = summaryOf([0, 1].map((one) => ({ ...outcome, regret: one })));
    expect(regret.mean).toBe(0.5);
    expect(regret.half).toBeCloseTo(0.98);
    expect(falseClaims).toBeNull();
  });
});

describe('the gate of a claim', () => {
  it('is 1.645 errors for one question and rises with their number', () => {
    expect(claimErrors(1)).toBeCloseTo(1.645, 2);
    expect(claimErrors(100)).toBeCloseTo(3.29, 2);
  });
});
