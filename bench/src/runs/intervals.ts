/** Stretches of time. Pure. */

export interface Interval {
  readonly from: number;
  readonly to: number;
}

/** How long at least one of them lasts, within the window. */
export function covered(intervals: readonly Interval[], window: Interval): number {
  let end = window.from;
  let total = 0;
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    const upTo = Math.min(to, window.to);
    total += Math.max(0, upTo - Math.max(from, end));
    end = Math.max(end, upTo);
  }
  return total;
}

/** How many of them last at this moment. */
export const ongoing = (intervals: readonly Interval[], at: number): number =>
  intervals.filter(({ from, to }) => from <= at && at < to).length;
