/**
 * Whether a job whose host or supervisor was lost gets another attempt. A program's own failure never does.
 *
 * `attemptsWithoutProgress` of a claim counts the running attempt too: 1 at first, 0 from its first checkpoint on.
 */
import type { Claim, Job } from '@modelwright/contracts';

/** Attempts in a row without a new checkpoint before a job is given up. */
export const FRUITLESS_ATTEMPTS = 3;

export type Retry =
  | { readonly kind: 'again'; readonly claim: Claim; readonly reason: string }
  | { readonly kind: 'give-up'; readonly reason: string };

/** Who holds a claim. */
export interface Holder {
  readonly runner: string;
  readonly process: string;
}

export function firstClaim(job: Job, by: Holder, now: number): Claim {
  return {
    job: job.id,
    run: job.run,
    attempt: 1,
    runner: by.runner,
    process: by.process,
    state: 'held',
    claimedAt: now,
    checkpoint: null,
    attemptsWithoutProgress: 1,
  };
}

/** What follows upon the loss of the attempt that `claim` stands for. */
export function nextAttempt(claim: Claim, cause: string, by: Holder, now: number): Retry {
  const fruitless = claim.attemptsWithoutProgress;
  if (fruitless >= FRUITLESS_ATTEMPTS) {
    return {
      kind: 'give-up',
      reason: `${cause}; given up after ${fruitless} attempts without a new checkpoint`,
    };
  }
  const from = claim.checkpoint === null ? 'from the start' : 'from the last checkpoint';
  return {
    kind: 'again',
    reason: `${cause}; attempt ${claim.attempt + 1} goes on ${from}`,
    claim: {
      ...claim,
      runner: by.runner,
      process: by.process,
      attempt: claim.attempt + 1,
      state: 'held',
      claimedAt: now,
      attemptsWithoutProgress: fruitless + 1,
    },
  };
}

/** Of a job that was given back: it goes on from what was saved, and nothing is held against it. */
export function afterGivenBack(claim: Claim, by: Holder, now: number): Claim {
  return {
    ...claim,
    runner: by.runner,
    process: by.process,
    attempt: claim.attempt + 1,
    state: 'held',
    claimedAt: now,
  };
}

/** The claim after a new checkpoint was stored. */
export function withCheckpoint(claim: Claim, checkpoint: NonNullable<Claim['checkpoint']>): Claim {
  return { ...claim, checkpoint, attemptsWithoutProgress: 0 };
}
