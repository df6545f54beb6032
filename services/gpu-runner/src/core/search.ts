/**
 * The search for the job of a run whose turn it is: it lies somewhere behind others in its lane, and the only way to it is
 * to take those and give them back. They come again before anything new does, so they stay away long enough for the
 * whole lane to be gone through, and a search that finds nothing ends: accelerators must not stand idle for it.
 */

export interface Search {
  readonly spentMs: number;
  readonly lastAt: number;
}

/** Of one job that is taken and given back, generously. */
const PER_JOB_MS = 20;
const SHORTEST_AWAY_MS = 400;
const LONGEST_AWAY_MS = 10_000;
const SHORTEST_SEARCH_MS = 2_000;
/** A longer pause was no search: the host was full meanwhile. */
const MOST_BETWEEN_MS = 250;

/** How long a job stays away that was given back for another one. @param lying Jobs in its lane. */
export function awayMs(lying: number): number {
  return Math.min(LONGEST_AWAY_MS, Math.max(SHORTEST_AWAY_MS, lying * PER_JOB_MS));
}

/** One more job was looked at, and it was not the one. */
export function wentOn(before: Search | undefined, now: number): Search {
  if (before === undefined) return { spentMs: 0, lastAt: now };
  const step = Math.min(MOST_BETWEEN_MS, Math.max(0, now - before.lastAt));
  return { spentMs: before.spentMs + step, lastAt: now };
}

/** Before those that were given back first are there again: nothing new would be found among them. */
export function isInVain({ spentMs }: Search, lying: number): boolean {
  return spentMs >= Math.max(SHORTEST_SEARCH_MS, awayMs(lying) / 2);
}
