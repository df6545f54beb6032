/**
 * What a program writes to `metrics.jsonl`: one JSON object a line, `{step, name, value, time}`. Anything else is passed over.
 *
 * JSON has no NaN and no infinity, but programs have, and a training that diverges is just what must be seen. They are
 * read as Python's `json` writes them (bare `NaN`, `Infinity`) and as strings.
 */
import type { metricsReported } from '@modelwright/contracts';
import type { z } from 'zod';

type MetricsReported = z.infer<typeof metricsReported.body>;
type NotFinite = NonNullable<MetricsReported['notFinite']>[number];

export interface Reading {
  readonly step: number;
  readonly name: string;
  /** May be NaN or infinite. */
  readonly value: number;
  /** Seconds since the epoch, by the program's clock. */
  readonly time: number;
}

/** Consecutive lines that are readings; `first` is the line number of the first, from 0. */
export interface ReadingBatch {
  readonly first: number;
  readonly readings: Reading[];
}

const MOST_READINGS = 1000;
const LONGEST_NAME = 200;

/** Batches of the lines that start at line number `first`. A line that is no reading ends a batch, so that numbers stay true. */
export function readingBatches(readings: readonly (Reading | null)[], first: number): ReadingBatch[] {
  const batches: ReadingBatch[] = [];
  let batch: ReadingBatch | null = null;
  for (const [index, reading] of readings.entries()) {
    if (reading === null) {
      batch = null;
      continue;
    }
    if (batch === null || batch.readings.length === MOST_READINGS) {
      batch = { first: first + index, readings: [] };
      batches.push(batch);
    }
    batch.readings.push(reading);
  }
  return batches;
}

/** A batch as it is told: numbers are points, what is no number is a flag. */
export function reported({
  first,
  readings,
}: ReadingBatch): Pick<MetricsReported, 'first' | 'points' | 'notFinite'> {
  const points = readings.filter(({ value }) => Number.isFinite(value));
  const notFinite = readings.flatMap(({ value, ...rest }): NotFinite[] =>
    Number.isFinite(value) ? [] : [{ ...rest, is: kindOf(value) }],
  );
  return { first, points, ...(notFinite.length === 0 ? {} : { notFinite }) };
}

/** The number of the line after those that a message tells of. */
export function lineAfter({ first, points, notFinite = [] }: MetricsReported): number {
  return first + points.length + notFinite.length;
}

export function kindOf(value: number): NotFinite['is'] {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'infinity' : '-infinity';
}

/** The reading on a line; null when it is none. */
export function metricReading(line: string): Reading | null {
  const record = parsed(line) ?? parsed(line.replaceAll(BARE, quoted));
  if (record === null) return null;
  const { step, name, time } = record;
  const value = numberIn(record['value']);
  if (!(isNumber(step) && value !== null && isNumber(time))) return null;
  if (typeof name !== 'string' || name === '' || name.length > LONGEST_NAME) return null;
  return { step, name, value, time };
}

/** A string as it is, or a token that is no JSON. */
const BARE = /"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g;
const quoted = (found: string) => (found.startsWith('"') ? found : `"${found}"`);

const SPELLED: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '+infinity': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

function numberIn(value: unknown): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (SPELLED[value.toLowerCase()] ?? null) : null;
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
