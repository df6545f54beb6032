import { describe, expect, it } from 'vitest';
import { sharedPrefix, spokenBy } from './spoken.ts';

describe('what requests have in common', () => {
  it('is the beginning of all of them, and of one alone the whole', () => {
    expect(sharedPrefix(['abcd', 'abce', 'abx'])).toBe(2);
    expect(sharedPrefix(['abcd'])).toBe(4);
    expect(sharedPrefix(['abcd', ''])).toBe(0);
  });

  it('is told by role, with the share that was read before', () => {
    const sent = [
      { role: 'coder', text: 'code this', inputTokens: 100, cachedTokens: 0 },
      { role: 'tuner', text: 'tune', inputTokens: 50, cachedTokens: 0 },
      { role: 'coder', text: 'code that', inputTokens: 100, cachedTokens: 80 },
    ];
    expect(spokenBy(sent)).toEqual([
      { role: 'coder', requests: 2, prefix: 7, inputTokens: 200, cachedShare: 0.4 },
      { role: 'tuner', requests: 1, prefix: 4, inputTokens: 50, cachedShare: 0 },
    ]);
  });
});
