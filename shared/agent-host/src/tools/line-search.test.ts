import { describe, expect, it } from 'vitest';
import { linesThatMatch, SearchTooSlow } from './line-search.ts';

describe('a search by lines', () => {
  it('numbers the lines that match, at most so many', () => {
    expect(linesThatMatch(/a/u, 'a\nb\nba\na', 2)).toEqual([
      { line: 1, text: 'a' },
      { line: 3, text: 'ba' },
    ]);
  });

  it('knows the flags of its expression', () => {
    expect(linesThatMatch(/A/iu, 'a', 1)).toHaveLength(1);
    expect(linesThatMatch(/A/u, 'a', 1)).toHaveLength(0);
  });

  it('ends an expression that would take for ever', () => {
    expect(() => linesThatMatch(/^(a+)+$/u, `${'a'.repeat(60)}!`, 1)).toThrow(SearchTooSlow);
  });
});
