import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SeenContainer, strangers } from './strangers.ts';

const GRACE = 100;
const NOW = 10_000;

const container = (change: Partial<SeenContainer> = {}): SeenContainer => ({
  ...{ id: 'c1', runner: 'me', job: 'j1', createdAt: 0, deadline: 2 * NOW, record: '/r', known: true },
  ...change,
});
const judged = (change: Partial<SeenContainer>) => strangers([container(change)], 'me', NOW, GRACE);

describe('a container', () => {
  test('of a job in hand stays', () => {
    expect(judged({})).toEqual([]);
  });

  test('that no job accounts for is a stranger, after the grace', () => {
    expect(judged({ known: false })).toEqual([
      { id: 'c1', record: '/r', reason: 'of job j1, which this runner does not have' },
    ]);
    expect(judged({ known: false, createdAt: NOW - GRACE })).toEqual([]);
  });

  test('past its deadline is a stranger, whosever it is', () => {
    const overdue = { deadline: NOW - GRACE - 1, runner: 'other' };
    expect(judged(overdue)).toEqual([{ id: 'c1', record: '/r', reason: 'of job j1, past its deadline' }]);
    expect(judged({ ...overdue, deadline: NOW - GRACE })).toEqual([]);
  });

  test('of another runner is that runner’s matter until its deadline', () => {
    expect(judged({ runner: 'other', known: false })).toEqual([]);
  });

  test('that is known and in time is never removed', () => {
    const times = fc.integer({ min: 0, max: 2 * NOW });
    fc.assert(
      fc.property(times, times, fc.nat(), fc.constantFrom('me', 'other'), (now, createdAt, grace, runner) => {
        const seen = container({ createdAt, deadline: now, runner });
        expect(strangers([seen], 'me', now, grace)).toEqual([]);
      }),
    );
  });
});
