/**
 * Whether a job gets another attempt: when it lost its host or its supervisor, or when an accelerator failed under it.
 * A program's own failure never does.
 *
 *   lost                                            again, here
 *   failed, stalled, timed out, out of an accelerator's memory, while one of its accelerators failed   elsewhere
 *   anything else                                   that is its outcome
 *
 * An environment or an asset that a server did not give at the moment: elsewhere. A bus that is away is waited for within
 * the attempt.
 *
 * `attemptsWithoutProgress` of a claim counts the running attempt too: 1 at first, 0 from its first checkpoint on.
 */
import type { Claim, Job } from '@modelwright/contracts';
import type { Counts, Ending } from './job-state.ts';

/** Attempts in a row without a new checkpoint before a job is given up. */
export const FRUITLESS_ATTEMPTS = 3;

export type Retry =
  | { readonly kind: 'again'; readonly claim: Claim; readonly reason: string }
  | { readonly kind: 'give-up'; readonly reason: string };

const BY_THE_MACHINE = new Set<Ending['end']>(['failed', 'stalled', 'timed-out']);

/**
 * Why a job whose program ended goes back to the queue, for other accelerators to take it; null when it does not.
 * @param faults Of the accelerators that it held, in words.
 */
export function whyElsewhere(ending: Ending, faults: readonly string[], claim: Claim): string | null {
  const [fault] = faults;
  const memory = ending.end === 'out-of-memory' && ending.exhausted === 'accelerator';
  if (fault === undefined || !(BY_THE_MACHINE.has(ending.end) || memory)) return null;
  // A program that breaks whatever it is given must not go through the whole farm.
  if (claim.attemptsWithoutProgress >= FRUITLESS_ATTEMPTS) return null;
  // Nor one that saves before it breaks the next: a checkpoint ends the other count, never this one.
  if ((claim.acceleratorFaults ?? 0) + 1 >= FRUITLESS_ATTEMPTS) return null;
  return `an accelerator failed under it (${fault})`;
}

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

/**
 * How long a job that is given back stays away: long enough for this runner not to be the first to see it again, and
 * longer each time, as nothing else ends what goes wrong before every start.
 */
export const awayAfterMs = (attempt: number): number => Math.min(15_000, 500 * attempt);

/** The claim of a job that is given back. `counts`: the attempt was one without progress, as far as nothing was saved. */
export function givenBack(claim: Claim, counts: Counts | false): Claim {
  const attemptsWithoutProgress = claim.attemptsWithoutProgress + (counts === false ? 0 : 1);
  const faults = counts === 'fault' ? { acceleratorFaults: (claim.acceleratorFaults ?? 0) + 1 } : {};
  return { ...claim, ...faults, state: 'released', attemptsWithoutProgress };
}

/** The claim after a new checkpoint was stored. */
export function withCheckpoint(claim: Claim, checkpoint: NonNullable<Claim['checkpoint']>): Claim {
  return { ...claim, checkpoint, attemptsWithoutProgress: 0 };
}
