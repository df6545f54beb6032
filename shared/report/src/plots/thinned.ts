/** Fewer points of a curve, none of its extremes lost. */
import type { CurvePoint } from '../run/input.ts';

/** Of each stretch of the curve its least and its greatest point are kept, in order, and the last point of all. */
export function thinned(points: readonly CurvePoint[], most: number): CurvePoint[] {
  if (points.length <= most) return [...points];
  const size = Math.ceil((2 * points.length) / most);
  const kept = new Set<CurvePoint>();
  for (let from = 0; from < points.length; from += size) {
    const part = points.slice(from, from + size);
    kept.add(part.reduce((least, point) => (point.value < least.value ? point : least)));
    kept.add(part.reduce((greatest, point) => (point.value > greatest.value ? point : greatest)));
  }
  const last = points.at(-1);
  if (last !== undefined) kept.add(last);
  return points.filter((point) => kept.has(point));
}
