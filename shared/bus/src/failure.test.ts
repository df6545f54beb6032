import { failure } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { PermanentFailure, TransientFailure, toFailure } from './failure.ts';

describe('a thrown failure', () => {
  it('becomes data that another process can read', () => {
    const cause = new Error('outer', { cause: 'inner' });
    const data = toFailure(new TransientFailure('bus-away', 'No answer.', { cause }), 'coder');
    expect(failure.parse(data)).toEqual({
      kind: 'bus-away',
      message: 'No answer.',
      retryable: true,
      origin: 'coder',
      causes: ['outer', 'inner'],
    });
    expect(toFailure(new PermanentFailure('no-use', 'Never.'), 'x').retryable).toBe(false);
  });

  it('that is of neither family is unexpected, and not to be retried', () => {
    for (const thrown of [new TypeError('a bug'), 'a string', null]) {
      expect(failure.parse(toFailure(thrown, 'x'))).toMatchObject({ kind: 'unexpected', retryable: false });
    }
  });

  it('whose causes close upon themselves still comes to an end', () => {
    const thrown = new Error('round');
    thrown.cause = thrown;
    expect(toFailure(thrown, 'x').causes.length).toBeLessThan(20);
  });
});
