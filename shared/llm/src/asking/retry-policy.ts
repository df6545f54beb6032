/**
 * Whether an attempt that failed is made again, and when: within a patience, after what the provider asks for, otherwise
 * exponential with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * Never what may have been paid for: that is the loop's to account for. Never what cannot pass.
 */
import { ModelFailure } from '../model.ts';

/** So long one call waits, all its pauses together. Who would wait longer gives up its place meanwhile. */
export const LONGEST_PATIENCE_MS = 20_000;

const MOST_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

export interface FailedAttempt {
  readonly error: unknown;
  /** Attempts so far, this one included. */
  readonly attempts: number;
  readonly now: number;
  /** Milliseconds since the epoch: no attempt begins later. */
  readonly patientUntil: number;
  /** At least 0, less than 1. */
  readonly draw: number;
}

export type Retry =
  | { readonly kind: 'again'; readonly at: number }
  /** `retryAt`: before that there is no sense in asking again; null where it never has. */
  | { readonly kind: 'stop'; readonly retryAt: number | null };

export function retryAfter({ error, attempts, now, patientUntil, draw }: FailedAttempt): Retry {
  if (!(error instanceof ModelFailure) || error.charge !== 'none' || !error.failure.retryable) {
    return { kind: 'stop', retryAt: null };
  }
  const pause = draw * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempts - 1));
  // All who were told the same moment would come back at it: a little later each.
  const at = Math.ceil(Math.max(now, error.retryAt ?? now) + pause);
  return attempts < MOST_ATTEMPTS && at <= patientUntil
    ? { kind: 'again', at }
    : { kind: 'stop', retryAt: at };
}
