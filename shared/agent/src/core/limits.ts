/** The limits of an assignment, all of them, judged before anything is spent. */
import type { Failure, Grant } from '@modelwright/contracts';
import { failure } from './failure.ts';
import type { Progress } from './progress.ts';

/** The limit that forbids one more reply costing up to `ceiling` micro-USD; null when there is none. */
export function limitOnAsking(
  progress: Progress,
  grant: Grant,
  ceiling: number,
  now: number,
): Failure | null {
  if (progress.turns >= grant.turns) return failure('turns-spent', `all ${grant.turns} turns are used up`);
  if (progress.microUsd + ceiling > grant.microUsd) {
    const left = Math.max(0, grant.microUsd - progress.microUsd);
    return failure('budget-spent', `the next reply may cost ${usd(ceiling)}, and ${usd(left)} is left`);
  }
  return limitOnTime(grant, now);
}

/** A deadline ends waiting and calling as well. */
export function limitOnTime(grant: Grant, now: number): Failure | null {
  if (now < grant.deadline) return null;
  return failure('deadline-passed', `the deadline ${new Date(grant.deadline).toISOString()} has passed`);
}

function usd(micro: number): string {
  return `$${(micro / 1e6).toFixed(6)}`;
}
