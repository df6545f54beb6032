/**
 * What a runner does with a job that it was delivered and that is to be executed: start it, pass it on, or make it the
 * first in line.
 *
 *   it never fits here ─► pass on             another run's turn ─► pass, until that one was found
 *   it fits now ─► start                      another host has room ─► pass on, a few times
 *   strangers on this host have too much of it ─► pass, ever more slowly
 *   else ─► first in line: held here, and nothing that it waits for is given to others meanwhile
 *
 * No job starves: what is not passed on for fairness or for room elsewhere comes to be first in line somewhere, and who
 * is first in line there is served by the next jobs that end.
 */
import type { Picked } from './accelerators/pick.ts';
import type { Precedence } from './fair-share.ts';
import { awayMs } from './search.ts';

export interface QueueFacts {
  /** How often the job has been delivered to anybody, this time included. */
  readonly deliveries: number;
  /** What its accelerators would be; null when it asks for none. */
  readonly picked: Picked | null;
  /** Whether its slot is free. */
  readonly slot: boolean;
  /** Whether its memory is free. */
  readonly memory: boolean;
  /** Jobs in its lane, those in work too. */
  readonly lying: number;
  /** The run that is to go before; null when it is this one's turn. */
  readonly before: Precedence | null;
  /** Another live runner with room for it now. */
  readonly roomElsewhere: string | null;
  /** Another live runner that could ever execute it. */
  readonly otherHost: string | null;
  /** The job that is first in line here. */
  readonly firstInLine: string | null;
}

export type Verdict =
  | { readonly kind: 'start'; readonly reason: string }
  | { readonly kind: 'first-in-line'; readonly reason: string }
  /** `laneIsFull`: nothing else of its lane can start here meanwhile either. */
  | {
      readonly kind: 'pass';
      readonly delayMs: number;
      readonly laneIsFull: boolean;
      readonly reason: string;
    };

/** A job goes from host to host so often; what one host tells of another is some seconds old. */
const MOST_PASSES = 4;
const ROOM_ELSEWHERE_MS = 150;
const NO_SLOT_MS = 250;
const BEHIND_THE_FIRST_MS = 1_000;
const NOT_HERE_MS = 500;
const NOT_HERE_LONGEST_MS = 5_000;
const NOWHERE_MS = 1_000;
const NOWHERE_LONGEST_MS = 15_000;

export function weigh(facts: QueueFacts): Verdict {
  const { picked, before, roomElsewhere, firstInLine } = facts;
  if (picked?.kind === 'never') return neverHere(facts, picked.reason);
  if (before !== null) return pass(awayMs(facts.lying), before.reason);
  if (!facts.slot) return full(NO_SLOT_MS, 'every slot is taken');
  const lacking = whatIsLacking(facts);
  if (lacking === null) return { kind: 'start', reason: 'there is room for it' };
  if (roomElsewhere !== null && facts.deliveries <= MOST_PASSES) {
    return pass(ROOM_ELSEWHERE_MS, `${lacking}; runner ${roomElsewhere} has room`);
  }
  if (waitsForStrangers(picked)) return pass(slower(facts.deliveries), lacking);
  if (firstInLine !== null) return full(BEHIND_THE_FIRST_MS, `${lacking}; ${firstInLine} is before it`);
  return { kind: 'first-in-line', reason: lacking };
}

/** Why it cannot start now; null when it can. */
export function whatIsLacking({ picked, memory }: Pick<QueueFacts, 'picked' | 'memory'>): string | null {
  if (picked !== null && picked.kind !== 'picked') return picked.reason;
  return memory ? null : 'the memory it asks for is in use';
}

/** What no end of a job of this runner can make free: held for that, the host could stand idle for ever. */
export function waitsForStrangers(
  picked: Picked | null,
): picked is Extract<Picked, { readonly kind: 'not-now' }> {
  return picked?.kind === 'not-now' && picked.strangers === true;
}

function neverHere({ otherHost, deliveries }: QueueFacts, why: string): Verdict {
  if (otherHost === null) {
    const delayMs = Math.min(NOWHERE_LONGEST_MS, NOWHERE_MS * deliveries);
    return pass(delayMs, `${why}, and no other live runner has more`);
  }
  return pass(slower(deliveries), `${why}; runner ${otherHost} has more`);
}

const slower = (deliveries: number) => Math.min(NOT_HERE_LONGEST_MS, NOT_HERE_MS * deliveries);
const pass = (delayMs: number, reason: string): Verdict => ({
  kind: 'pass',
  delayMs,
  laneIsFull: false,
  reason,
});
const full = (delayMs: number, reason: string): Verdict => ({
  kind: 'pass',
  delayMs,
  laneIsFull: true,
  reason,
});
