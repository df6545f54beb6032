import { describe, expect, it } from 'vitest';
import { deriveJobId, isVerdict } from './derivation.ts';

describe('an end of a derivation', () => {
  it.each(['finished', 'failed', 'out-of-memory', 'stalled'] as const)('holds for all when it %s', (end) => {
    expect(isVerdict({ end, wallSeconds: 5 }, 300)).toBe(true);
  });

  it.each(['lost', 'cancelled'] as const)('says nothing of the script when it was %s', (end) => {
    expect(isVerdict({ end, wallSeconds: 5 }, 300)).toBe(false);
  });

  it('holds for a time-out unless there is more time now', () => {
    const outcome = { end: 'timed-out', wallSeconds: 300.4 } as const;
    expect(isVerdict(outcome, 300)).toBe(true);
    expect(isVerdict(outcome, 600)).toBe(false);
  });

  it('is of a job that anybody can name', () => {
    const id = deriveJobId('flowers-abc123-03', 'ab'.repeat(32), 2);
    expect(id).toBe(`flowers-abc123-03_derive_${'ab'.repeat(16)}_2`);
  });
});
