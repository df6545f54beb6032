/** What becomes of a message, judged from what its handler answered or threw. */
import { PermanentFailure, TransientFailure } from '../failure.ts';
import type { Verdict } from './delivery.ts';

export type Settlement =
  | { readonly kind: 'ack' }
  | { readonly kind: 'nak'; readonly delayMs: number; readonly reason: string }
  | { readonly kind: 'dead-letter'; readonly reason: string };

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const AFTER_SURPRISE_MS = 1_000;

/** Doubles with every delivery: 0.5 s, 1 s, 2 s … 30 s. */
export const backoffMs = (deliveries: number): number =>
  Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(deliveries - 1, 16));

export function settlementOf(verdict: Verdict): Settlement {
  switch (verdict.kind) {
    case 'done':
      return { kind: 'ack' };
    case 'later':
      return { kind: 'nak', delayMs: verdict.delayMs, reason: verdict.reason };
    case 'give-up':
      return { kind: 'dead-letter', reason: verdict.reason };
  }
}

/**
 * `surprisedBefore`: its handling has already thrown something that is neither transient nor permanent. Once may be
 * chance; the second time it is a fault that a third attempt would only repeat.
 */
export function settlementOfThrown(
  thrown: unknown,
  context: { readonly deliveries: number; readonly surprisedBefore: boolean },
): Settlement {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof TransientFailure)
    return { kind: 'nak', delayMs: backoffMs(context.deliveries), reason };
  if (thrown instanceof PermanentFailure) return { kind: 'dead-letter', reason: `${thrown.kind}: ${reason}` };
  if (context.surprisedBefore) return { kind: 'dead-letter', reason: `thrown twice: ${reason}` };
  return { kind: 'nak', delayMs: AFTER_SURPRISE_MS, reason };
}

export const isSurprise = (thrown: unknown) =>
  !(thrown instanceof TransientFailure || thrown instanceof PermanentFailure);
