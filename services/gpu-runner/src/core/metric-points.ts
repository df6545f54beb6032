/** Points of the curves a program writes to `metrics.jsonl`, one JSON object a line. Anything else is passed over. */

export interface MetricPoint {
  readonly step: number;
  readonly name: string;
  readonly value: number;
  readonly time: number;
}

/** Consecutive lines that are points; `first` is the line number of the first, from 0. */
export interface PointBatch {
  readonly first: number;
  readonly points: MetricPoint[];
}

const MOST_POINTS = 1000;
const LONGEST_NAME = 200;

/** Batches of the lines that start at line number `first`. A line that is no point ends a batch, so that numbers stay true. */
export function pointBatches(lines: readonly string[], first: number): PointBatch[] {
  const batches: PointBatch[] = [];
  let batch: PointBatch | null = null;
  for (const [index, line] of lines.entries()) {
    const point = metricPoint(line);
    if (point === null) {
      batch = null;
      continue;
    }
    if (batch === null || batch.points.length === MOST_POINTS) {
      batch = { first: first + index, points: [] };
      batches.push(batch);
    }
    batch.points.push(point);
  }
  return batches;
}

/** The point on a line; null when it is none. NaN and infinity are no numbers in JSON and therefore no points. */
export function metricPoint(line: string): MetricPoint | null {
  const record = parsed(line);
  if (record === null) return null;
  const { step, name, value, time } = record;
  if (!(isNumber(step) && isNumber(value) && isNumber(time))) return null;
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME) return null;
  return { step, name, value, time };
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
