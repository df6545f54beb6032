import { describe, expect, it } from 'vitest';
import { PermanentFailure, TransientFailure } from '../failure.ts';
import { backoffMs, settlementOf, settlementOfThrown } from './settlement.ts';

describe('a handled message', () => {
  it('is acknowledged, given back or dead-lettered as the handler says', () => {
    expect(settlementOf({ kind: 'done' })).toEqual({ kind: 'ack' });
    expect(settlementOf({ kind: 'later', delayMs: 7, reason: 'busy' })).toEqual({
      kind: 'nak',
      delayMs: 7,
      reason: 'busy',
    });
    expect(settlementOf({ kind: 'give-up', reason: 'no' })).toEqual({ kind: 'dead-letter', reason: 'no' });
  });

  it.each([1, 2, 50, 10_000])(
    'is never dead-lettered for a transient failure, at delivery %i',
    (deliveries) => {
      const settled = settlementOfThrown(new TransientFailure('bus-away', 'gone'), {
        deliveries,
        surprisedBefore: true,
      });
      expect(settled).toMatchObject({ kind: 'nak', reason: 'gone' });
    },
  );

  it('is dead-lettered at once for a permanent failure', () => {
    const settled = settlementOfThrown(new PermanentFailure('bad', 'no use'), {
      deliveries: 1,
      surprisedBefore: false,
    });
    expect(settled).toEqual({ kind: 'dead-letter', reason: 'bad: no use' });
  });

  it('gets one more attempt after something unexpected, however often it was delivered before', () => {
    const first = settlementOfThrown(new TypeError('x'), { deliveries: 9, surprisedBefore: false });
    expect(first).toEqual({ kind: 'nak', delayMs: 1_000, reason: 'x' });
    expect(settlementOfThrown('x', { deliveries: 10, surprisedBefore: true }).kind).toBe('dead-letter');
  });

  it('comes back after growing delays of at most half a minute', () => {
    expect([1, 2, 3, 7, 8, 1_000_000].map(backoffMs)).toEqual([500, 1_000, 2_000, 30_000, 30_000, 30_000]);
  });
});
