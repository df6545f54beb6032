/** What a set of measurements comes to. Pure. */

export interface Spread {
  readonly n: number;
  readonly median: number;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** Null for no values. */
export function spreadOf(values: readonly number[]): Spread | null {
  if (values.length === 0) return null;
  return {
    n: values.length,
    median: quantile(values, 0.5),
    p95: quantile(values, 0.95),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

/**
 * The value below which the share `q` (0 … 1) of the values lies, interpolated linearly between the two nearest.
 *
 * @throws RangeError for no values.
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)];
  const above = sorted[Math.ceil(place)];
  if (below === undefined || above === undefined) throw new RangeError('a quantile of no values');
  return below + (above - below) * (place - Math.floor(place));
}

/** Of two series measured in pairs, round by round: how many times the second the first is. */
export function ratios(first: readonly number[], second: readonly number[]): number[] {
  return first.flatMap((value, round) => {
    const other = second[round];
    return other === undefined || other === 0 ? [] : [value / other];
  });
}
