import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Range, Settings } from '../recipe/recipe.ts';
import { nextSettings, type Tried } from './search.ts';

const SPACE: [string, Range][] = [
  ['c', { type: 'log-uniform', low: 0.01, high: 100 }],
  ['trees', { type: 'int', low: 10, high: 50 }],
  ['scale', { type: 'choice', values: ['plain', 'ranks', null] }],
];
const START = { recipe: 'x', c: 1, trees: 20, scale: 'plain' };

function search(value: (config: Settings) => number | null, trials: number, up = true): Tried[] {
  const tried: Tried[] = [{ config: START, value: value(START) }];
  while (tried.length < trials) {
    const config = nextSettings({
      space: SPACE,
      start: START,
      tried,
      isBetter: (a, b) => a > b,
      directions: new Map(SPACE.map(([name]) => [name, up ? 1 : -1])),
    });
    if (config === null) break;
    tried.push({ config, value: value(config) });
  }
  return tried;
}

const number = (config: Settings, name: string) => Number(config[name]);

describe('the search', () => {
  it('follows a way that helps', () => {
    const found = search((config) => number(config, 'c'), 4);
    expect(found.map(({ config }) => config['c'])).toEqual([1, 10, 100, 100]);
  });

  it('turns round where a way does not help', () => {
    const found = search((config) => -number(config, 'c'), 4);
    expect(found.map(({ config }) => config['c'])).toEqual([1, 10, 0.1, 0.01]);
  });

  it('comes near the best of a smooth landscape', () => {
    const best = (config: Settings) =>
      -((Math.log10(number(config, 'c')) - 0.8) ** 2) -
      ((number(config, 'trees') - 33) / 20) ** 2 -
      (config['scale'] === 'ranks' ? 0 : 1);
    const values = search(best, 40).map(({ value }) => value ?? -9);
    expect(Math.max(...values)).toBeGreaterThan(-0.1);
  });

  it('starts an open setting from the middle of its range', () => {
    const config = nextSettings({
      space: [['penalty', { type: 'log-uniform', low: 0.001, high: 10 }]],
      start: { penalty: null },
      tried: [{ config: { penalty: null }, value: 1 }],
      isBetter: (a, b) => a > b,
      directions: new Map(),
    });
    expect(config).toEqual({ penalty: 0.1 });
  });

  it('never proposes what was tried, stays within the ranges, and ends', () => {
    const values = fc.array(fc.option(fc.double({ noNaN: true })), { minLength: 200, maxLength: 200 });
    fc.assert(
      fc.property(values, fc.boolean(), (results, up) => {
        let at = 0;
        const tried = search(() => results[at++] ?? null, 200, up);
        expect(tried.length).toBeLessThan(200);
        expect(new Set(tried.map(({ config }) => JSON.stringify(config))).size).toBe(tried.length);
        for (const { config } of tried) {
          expect(number(config, 'c')).toBeGreaterThanOrEqual(0.01);
          expect(number(config, 'c')).toBeLessThanOrEqual(100);
          expect(number(config, 'trees')).toBeGreaterThanOrEqual(10);
          expect(number(config, 'trees')).toBeLessThanOrEqual(50);
        }
      }),
    );
  });
});
