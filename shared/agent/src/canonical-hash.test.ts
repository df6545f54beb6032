import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalHash } from './canonical-hash.ts';

describe('the hash of a value', () => {
  it('is the same whatever the order of its keys, and whatever it was before it was JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalHash(JSON.parse(JSON.stringify(value)))).toBe(canonicalHash(value));
        expect(canonicalHash({ a: value, b: 1 })).toBe(canonicalHash({ b: 1, c: undefined, a: value }));
      }),
    );
  });

  it.each([
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: '1' }],
    [{ a: { b: 1 } }, { 'a.b': 1 }],
    ['null', null],
    [[[]], []],
  ])('of %j is another than that of %j', (one, other) => {
    expect(canonicalHash(one)).not.toBe(canonicalHash(other));
  });
});
