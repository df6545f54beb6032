import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PrefixCache, sharedPrefix } from './prefix-cache.ts';

const K = 1024;

describe('a cache of what was read', () => {
  it('has read nothing before the first request', () => {
    expect(new PrefixCache().read('run', 'x'.repeat(8 * K))).toEqual({ inputTokens: 2 * K, cachedTokens: 0 });
  });

  it('knows the beginning that a request shares with an earlier one, in whole steps', () => {
    const cache = new PrefixCache();
    cache.read('run', 'x'.repeat(8 * K));
    const longer = `${'x'.repeat(6 * K)}${'y'.repeat(10)}`;
    expect(cache.read('run', longer)).toEqual({ inputTokens: 1539, cachedTokens: 1536 });
    expect(cache.read('run', `${'x'.repeat(6 * K)}z`).cachedTokens).toBe(1536);
  });

  it('does not keep what is short, nor what was read under another key', () => {
    const cache = new PrefixCache();
    cache.read('run', 'x'.repeat(4 * K - 4));
    expect(cache.read('run', 'x'.repeat(4 * K)).cachedTokens).toBe(0);
    expect(cache.read('other', 'x'.repeat(4 * K)).cachedTokens).toBe(0);
    expect(cache.read('run', 'x'.repeat(4 * K)).cachedTokens).toBe(K);
  });
});

describe('the beginning that two texts share', () => {
  it('is the longest one, whatever the texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 30 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const count = sharedPrefix(one, other);
        expect(one.slice(0, count)).toBe(other.slice(0, count));
        expect(one.length === count || other.length === count || one[count] !== other[count]).toBe(true);
      }),
    );
  });
});
