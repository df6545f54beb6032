import { describe, expect, it } from 'vitest';
import { START } from './progress.ts';
import { type Moment, statusOf } from './status.ts';

const MINUTE = 60_000;

function told(changes: Partial<Moment> = {}, turns = 0): string {
  const spending = { ...START.spending, microUsd: 310_000, tokens: 45_000 };
  return statusOf({
    progress: { ...START, turns, since: 0, spending },
    grant: { turns: 50, microUsd: 1_000_000, tokens: 200_000, deadline: 100 * MINUTE },
    now: 10 * MINUTE,
    endings: ['submit'],
    wrapUp: false,
    circles: [],
    ...changes,
  });
}

describe('what an agent is told with every request', () => {
  it('is how much of each limit is used', () => {
    expect(told({}, 11)).toBe(
      '[Limits: turn 12 of 50; 90 minutes left; 0.31 of 1.00 USD spent; 45000 of 200000 tokens used.]',
    );
  });

  it('says nothing of money and tokens where there is no limit on them', () => {
    const grant = { turns: 5, microUsd: 0, tokens: null, deadline: 5 * 60 * MINUTE };
    expect(told({ grant })).toBe('[Limits: turn 1 of 5; 4 hours left.]');
  });

  it.each<[string, string]>([
    ['turns', told({}, 41)],
    ['time', told({ now: 81 * MINUTE })],
    ['money', told({ grant: { turns: 50, microUsd: 380_000, tokens: null, deadline: 100 * MINUTE } })],
    ['tokens', told({ grant: { turns: 50, microUsd: 0, tokens: 56_000, deadline: 100 * MINUTE } })],
  ])('warns when at most a fifth of the %s is left', (_what, text) => {
    expect(text).toContain('Little is left');
  });

  it('names what comes round again and again', () => {
    const call = { id: 'c', name: 'search', arguments: '{}' };
    expect(told({ circles: [{ call, times: 4 }] })).toContain(
      'You have called search with the same arguments 4 times',
    );
  });

  it('says which the last turn is, and what it is for', () => {
    expect(told({ wrapUp: true, endings: ['submit', 'give_up'] })).toMatch(
      /last turn.*Only submit or give_up can be called/,
    );
  });
});
