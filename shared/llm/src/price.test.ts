import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { costOf, mostCost, type Price } from './price.ts';

const price: Price = { input: 1.25, cachedInput: 0.125, output: 10, source: 'test', long: null };
const long: Price = { ...price, long: { aboveInputTokens: 1000, input: 2.5, cachedInput: 0.25, output: 15 } };
const tokens = (inputTokens: number, cachedTokens: number, outputTokens: number) => ({
  inputTokens,
  cachedTokens,
  outputTokens,
});

describe('the cost of a call', () => {
  it('counts cached input once, at its own rate', () => {
    // 600 × 1.25 + 400 × 0.125 + 50 × 10
    expect(costOf(tokens(1000, 400, 50), price)).toEqual({ microUsd: 1300, priced: true });
  });

  it('is rounded up once, exactly', () => {
    expect(costOf(tokens(1, 0, 0), price).microUsd).toBe(2);
    // In floating point 10 × 1.1 is more than 11.
    expect(costOf(tokens(10, 0, 0), { ...price, input: 1.1 }).microUsd).toBe(11);
  });

  it('of a model without a price is not zero but unknown', () => {
    expect(costOf(tokens(1000, 0, 50), null)).toEqual({ microUsd: 0, priced: false });
  });

  it('of a model that is free is known to be zero', () => {
    const free = { ...price, input: 0, cachedInput: 0, output: 0 };
    expect(costOf(tokens(1000, 0, 50), free)).toEqual({ microUsd: 0, priced: true });
  });

  it('is what the provider says it charged, with or without a price', () => {
    expect(costOf(tokens(1000, 0, 50), price, 0.0042)).toEqual({ microUsd: 4200, priced: true });
    expect(costOf(tokens(1000, 0, 50), null, 0.0042)).toEqual({ microUsd: 4200, priced: true });
  });

  it('is not zero because a provider says so of a model with a price', () => {
    expect(costOf(tokens(1000, 0, 0), price, 0)).toEqual({ microUsd: 1250, priced: true });
    expect(costOf(tokens(1000, 0, 0), null, 0)).toEqual({ microUsd: 0, priced: true });
  });

  it('follows the table where what the provider says makes no sense', () => {
    expect(costOf(tokens(1000, 0, 0), price, Number.NaN).microUsd).toBe(1250);
    expect(costOf(tokens(1000, 0, 0), price, -1).microUsd).toBe(1250);
  });

  it('takes the rates of long input for the whole call', () => {
    expect(costOf(tokens(1000, 0, 1), long).microUsd).toBe(1260);
    expect(costOf(tokens(1001, 0, 1), long).microUsd).toBe(2518);
  });

  it('counts what went into the cache at the rate of writing, and all that may have where nothing is said', () => {
    const written = { ...price, cacheWrite: 2 };
    expect(costOf({ ...tokens(1000, 400, 0), cacheWriteTokens: 100 }, written).microUsd).toBe(875);
    expect(costOf(tokens(1000, 400, 0), written).microUsd).toBe(1250);
  });

  it('is never more than the most that was foreseen for as many tokens', () => {
    const count = fc.integer({ min: 0, max: 3_000_000 });
    const rate = fc.double({ min: 0, max: 1000, noNaN: true });
    const rates = fc.record({ input: rate, cachedInput: rate, cacheWrite: rate, output: rate });
    const any = fc.record({ rates, long: fc.option(rates), above: count });
    fc.assert(
      fc.property(any, count, count, count, (drawn, input, cached, output) => {
        const anyPrice: Price = {
          ...drawn.rates,
          source: 'drawn',
          long: drawn.long && { ...drawn.long, aboveInputTokens: drawn.above },
        };
        const cost = costOf(tokens(input, cached, output), anyPrice).microUsd;
        expect(Number.isSafeInteger(cost)).toBe(true);
        expect(cost).toBeLessThanOrEqual(mostCost({ inputTokens: input, outputTokens: output }, anyPrice));
      }),
    );
  });
});
