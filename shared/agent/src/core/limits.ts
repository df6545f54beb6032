/** The limits of an assignment, all of them, judged before anything is spent. */
import type { Failure, Grant } from '@modelwright/contracts';
import { failure } from './failure.ts';
import type { Progress } from './progress.ts';
import { spentAtMost } from './spending.ts';
import { MOST_FAILED_CALLS } from './stumbles.ts';

/** What is wanted: so many replies, each of which may take so much. */
export interface Demand {
  /** 2 to go on: one reply now, and room for a last one that hands over. 1 for that last one. */
  readonly replies: 1 | 2;
  readonly ceilingMicroUsd: number;
  /** Input and output together. */
  readonly tokens: number;
}

/** Time for the last turn, milliseconds: at most this, and at most this share of the whole. */
const LAST_TURN = { milliseconds: 120_000, share: 0.05 } as const;

/** The limit that forbids it; null when there is none. */
export function limitOnAsking(
  progress: Progress,
  grant: Grant,
  { replies, ceilingMicroUsd, tokens }: Demand,
  now: number,
): Failure | null {
  const { turns, spending, stumbles } = progress;
  if (turns + replies > grant.turns) return failure('turns-spent', `all ${grant.turns} turns are used up`);
  if (replies > 1 && stumbles.failed >= MOST_FAILED_CALLS) {
    return failure('no-progress', `${stumbles.failed} calls in a row achieved nothing`);
  }
  const late = replies > 1 ? limitOnWork(progress, grant, now) : limitOnTime(grant, now);
  if (late !== null) return late;
  const spent = spentAtMost(spending);
  if (spent + replies * ceilingMicroUsd > grant.microUsd) {
    const left = Math.max(0, grant.microUsd - spent);
    return failure(
      'budget-spent',
      `the next reply may cost ${usd(ceilingMicroUsd)}, and ${usd(left)} is left`,
    );
  }
  if (grant.tokens !== null && spending.tokens + replies * tokens > grant.tokens) {
    return failure('tokens-spent', `${spending.tokens} of ${grant.tokens} tokens are used up`);
  }
  return null;
}

/** A deadline ends waiting and calling as well. */
export function limitOnTime(grant: Grant, now: number): Failure | null {
  if (now < grant.deadline) return null;
  return failure('deadline-passed', `the deadline ${new Date(grant.deadline).toISOString()} has passed`);
}

/** When the last turn begins at the latest. */
export function lastCall(progress: Pick<Progress, 'since'>, { deadline }: Grant): number {
  const whole = deadline - (progress.since ?? deadline);
  return Math.floor(deadline - Math.min(LAST_TURN.milliseconds, LAST_TURN.share * whole));
}

function limitOnWork(progress: Progress, grant: Grant, now: number): Failure | null {
  if (now < lastCall(progress, grant)) return null;
  return failure('deadline-passed', `the deadline ${new Date(grant.deadline).toISOString()} is near`);
}

function usd(micro: number): string {
  return `$${(micro / 1e6).toFixed(6)}`;
}
