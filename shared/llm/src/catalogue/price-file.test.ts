import { describe, expect, it } from 'vitest';
import { readPriceFile } from './price-file.ts';

const OPENAI = 'https://api.openai.com/v1';
const priceOf = (entries: object, model: string, url = OPENAI) =>
  readPriceFile(JSON.stringify(entries), 'prices.json').priceOf(model, url);

describe('a price file', () => {
  it('holds prices per single token', () => {
    const entry = {
      input_cost_per_token: 1.25e-6,
      output_cost_per_token: 1e-5,
      cache_read_input_token_cost: 1.25e-7,
      max_input_tokens: 'many',
    };
    expect(priceOf({ m: entry }, 'm')).toEqual({
      input: 1.25,
      cachedInput: 0.125,
      output: 10,
      source: 'prices.json',
      long: null,
    });
  });

  it('may charge writing into the cache, and more for a long request', () => {
    const entry = {
      input_cost_per_token: 5e-6,
      input_cost_per_token_above_272k_tokens: 1e-5,
      output_cost_per_token: 3e-5,
      output_cost_per_token_above_272k_tokens: 4.5e-5,
      cache_read_input_token_cost: 5e-7,
      cache_creation_input_token_cost: 6.25e-6,
      cache_creation_input_token_cost_above_272k_tokens: 1.25e-5,
    };
    expect(priceOf({ m: entry }, 'm')).toMatchObject({
      cacheWrite: 6.25,
      long: { aboveInputTokens: 272_000, input: 10, cachedInput: 0.5, cacheWrite: 12.5, output: 45 },
    });
  });

  it('names models of other servers after their provider', () => {
    const entries = {
      'openrouter/z': { input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 },
      z: { input_cost_per_token: 9e-6, output_cost_per_token: 9e-6 },
    };
    expect(priceOf(entries, 'z', 'https://openrouter.ai/api/v1')?.input).toBe(1);
    expect(priceOf(entries, 'z')?.input).toBe(9);
  });

  it('knows a dated state of a model by its plain name', () => {
    const entries = { m: { input_cost_per_token: 1e-6, output_cost_per_token: 2e-6 } };
    expect(priceOf(entries, 'm-2026-03-05')?.input).toBe(1);
  });

  it.each([
    ['an entry of another kind', { m: { output_cost_per_image: 0.05 } }],
    ['an entry that is no object', { m: 'free' }],
    ['no entry', {}],
    ['a negative price', { m: { input_cost_per_token: -1, output_cost_per_token: 1 } }],
  ])('has no price in %s', (_, entries) => {
    expect(priceOf(entries, 'm')).toBeNull();
    expect(priceOf(entries, 'constructor')).toBeNull();
  });

  it('that is none is refused', () => {
    expect(() => readPriceFile('<html>', 'prices.json')).toThrow(SyntaxError);
    expect(() => readPriceFile('[1]', 'prices.json')).toThrow('expected record');
  });
});
