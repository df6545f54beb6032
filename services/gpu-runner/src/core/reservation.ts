/**
 * What becomes of the job that is first in line: it waits here until what it needs is free. It is passed on when another
 * host has had room for it for a while; so long, that its room is no remnant of an old record and nobody else wants it.
 */
import { type QueueFacts, waitsForStrangers, whatIsLacking } from './queue-verdict.ts';

export type Reconsidered =
  | { readonly kind: 'start'; readonly reason: string }
  | { readonly kind: 'wait'; readonly roomElsewhereSince: number | null; readonly reason: string }
  | { readonly kind: 'pass'; readonly reason: string };

/** Longer than a heartbeat. */
const ROOM_MUST_LAST_MS = 6_000;

export function reconsider(
  facts: Pick<QueueFacts, 'picked' | 'memory' | 'roomElsewhere' | 'otherHost'>,
  roomElsewhereSince: number | null,
  now: number,
): Reconsidered {
  const { picked, roomElsewhere, otherHost } = facts;
  if (picked?.kind === 'never') return { kind: 'pass', reason: `not here any more: ${picked.reason}` };
  if (waitsForStrangers(picked)) return { kind: 'pass', reason: picked.reason };
  const lacking = whatIsLacking(facts);
  if (lacking === null) return { kind: 'start', reason: 'what it waited for is free' };
  if (roomElsewhere === null) {
    const alone = otherHost === null ? '' : ', and no other host has room';
    return { kind: 'wait', roomElsewhereSince: null, reason: `first in line: ${lacking}${alone}` };
  }
  const since = roomElsewhereSince ?? now;
  if (now - since >= ROOM_MUST_LAST_MS) return { kind: 'pass', reason: `runner ${roomElsewhere} has room` };
  return { kind: 'wait', roomElsewhereSince: since, reason: `first in line: ${lacking}` };
}
