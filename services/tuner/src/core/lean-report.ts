/** What a tuner is told of a training, no longer than it has to be: agents pay for each digit. */

interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** What a training's program has reported under one name. */
interface Curve {
  readonly name: string;
  /** How many points it has; `points` are some of them. Where there is none, the three below are null. */
  readonly count: number;
  readonly last: CurvePoint | null;
  readonly lowest: CurvePoint | null;
  readonly highest: CurvePoint | null;
  readonly points: readonly (readonly [number, number])[];
  /** Values that were no numbers. */
  readonly notFinite?: unknown;
}

/** Fewer would hide differences that matter; more are noise. */
const DIGITS = 4;

/** All numbers in it to four significant digits; whole numbers, such as counts of rows, stay whole. */
export function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rounded(inner)]));
  }
  return value;
}

/**
 * By name: a number where there is one point, else the curve.
 * @param scored Whether the scores of the folds are told already: then what the program says of them is left out.
 */
export function leanCurves(
  curves: readonly Curve[],
  { metric, scored }: { readonly metric: string; readonly scored: boolean },
): Readonly<Record<string, unknown>> {
  const told = new Set(scored ? [`valid_${metric}`, `oof_${metric}`] : []);
  return Object.fromEntries(curves.filter(({ name }) => !told.has(name)).map((one) => [one.name, lean(one)]));
}

function lean({ count, last, lowest, highest, points, notFinite }: Curve): unknown {
  if (notFinite === undefined && count === 1) return last?.value;
  const flags = notFinite === undefined ? {} : { notFinite };
  // Few points are all there: their extremes can be seen.
  if (points.length === count) return { points, ...flags };
  return { count, lowest: pair(lowest), highest: pair(highest), points, ...flags };
}

const pair = (point: CurvePoint | null) => (point === null ? null : ([point.step, point.value] as const));
