/**
 * How many lines of a stream may be sent now. Two bounds, so that no program fills what all jobs share:
 * lines a second, and, once as much was sent as is kept of its log, only a glimpse now and then until the end.
 */

export interface LogPace {
  /** Sent of this stream so far. */
  readonly characters: number;
  /** Kept of this stream: its head and its tail. */
  readonly keptBytes: number;
  /** Since lines were sent the last time. */
  readonly sinceMs: number;
}

const LINES_A_SECOND = 2000;
/** Of one turn, whatever the time: after a pause of the bus there is much to catch up with. */
const LEAST_LINES = 1000;
const MOST_LINES = 20_000;
const GLIMPSE_EVERY_MS = 10_000;
const GLIMPSE_LINES = 10;

export function linesAllowed({ characters, keptBytes, sinceMs }: LogPace): number {
  if (characters >= keptBytes) return sinceMs >= GLIMPSE_EVERY_MS ? GLIMPSE_LINES : 0;
  return Math.min(MOST_LINES, Math.max(LEAST_LINES, Math.floor((LINES_A_SECOND * sinceMs) / 1000)));
}
