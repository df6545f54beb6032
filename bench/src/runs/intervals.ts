/** Stretches of time. Pure. */

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** How long at least so many of them (one, when not said) last at once, within the window. */
export function covered(intervals: readonly Interval[], window: Interval, atOnce = 1): number {
  const changes = intervals
    .map(({ from, to }) => ({ from: Math.max(from, window.from), to: Math.min(to, window.to) }))
    .filter(({ from, to }) => from < to)
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .toSorted((a, b) => a.at - b.at);
  let [total, lasting, since] = [0, 0, window.from];
  for (const { at, by } of changes) {
    if (lasting >= atOnce) total += at - since;
    lasting += by;
    since = at;
  }
  return total;
}

/** How many of them last at this moment. */
export const ongoing = (intervals: readonly Interval[], at: number): number =>
  intervals.filter(({ from, to }) => from <= at && at < to).length;
