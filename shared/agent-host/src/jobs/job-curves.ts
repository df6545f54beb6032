/** The curves of a training so far, short enough for a conversation, with nothing extreme left out. */
import type { Streams } from '@modelwright/bus';
import { jobTelemetryFilter, metricsReported, type RunId } from '@modelwright/contracts';
import type { z } from 'zod';

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** Values that were no numbers: what a training that diverges reports. */
export interface Flags {
  readonly count: number;
  /** `nan`, `infinity`, `-infinity`. */
  readonly kinds: readonly string[];
  readonly firstStep: number;
  readonly lastStep: number;
}

export interface Curve {
  readonly name: string;
  /** How many points it has, numbers alone; where there is none, the three below are null. */
  readonly count: number;
  readonly last: CurvePoint | null;
  readonly lowest: CurvePoint | null;
  readonly highest: CurvePoint | null;
  /** `[step, value]` of some points spread over all of it: the first and the last, and between them the extremes of each part. */
  readonly points: readonly (readonly [number, number])[];
  /** Absent while all its values were numbers. */
  readonly notFinite?: Flags;
}

/** As a program reports it: the value may be NaN or infinite. */
export interface Reported extends CurvePoint {
  readonly name: string;
}

const MOST_CURVES = 16;
const MOST_POINTS = 12;
/** The last report may be discarded while the ones before it are read: what was read by then is the answer. */
const PATIENCE_MS = 10_000;

const NUMBERS = {
  nan: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

/** All that its program has reported, by name; of several attempts a step counts as the last one reported it. */
export async function readCurves(streams: Streams, run: RunId, job: string): Promise<Curve[]> {
  const reports = await reportsOf(streams, jobTelemetryFilter(run, job, 'metric'));
  return curvesOf(
    reports.flatMap(({ points, notFinite = [] }) => {
      const flags = notFinite.map(({ is, ...where }) => ({ ...where, value: NUMBERS[is] }));
      return [...points, ...flags].sort((a, b) => a.time - b.time);
    }),
  );
}

/** All that is there now. They are thousands for a training of an hour, so they are followed and not asked for one by one. */
async function reportsOf(streams: Streams, filter: string): Promise<z.infer<typeof metricsReported.body>[]> {
  const end = (await streams.last('TELEMETRY', filter, metricsReported))?.sequence ?? 0;
  const reports: z.infer<typeof metricsReported.body>[] = [];
  if (end === 0) return reports;
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(PATIENCE_MS)]);
  for await (const { sequence, body } of streams.follow('TELEMETRY', filter, metricsReported, { signal })) {
    reports.push(body);
    if (sequence >= end) over.abort();
  }
  return reports;
}

export function curvesOf(reported: readonly Reported[]): Curve[] {
  const byName = new Map<string, Map<number, number>>();
  for (const { name, step, value } of reported) {
    const curve = byName.get(name) ?? new Map<number, number>();
    byName.set(name, curve.set(step, value));
  }
  return mostTelling([...byName].map(([name, values]) => curveOf(name, values)));
}

/** Those that are flagged before others, in the order of their first report. */
function mostTelling(curves: readonly Curve[]): Curve[] {
  const flagged = curves.filter(({ notFinite }) => notFinite !== undefined);
  const told = new Set([...flagged, ...curves].slice(0, MOST_CURVES));
  return curves.filter((curve) => told.has(curve)).slice(0, MOST_CURVES);
}

function curveOf(name: string, values: ReadonlyMap<number, number>): Curve {
  const all = [...values].map(([step, value]) => ({ step, value })).sort((a, b) => a.step - b.step);
  const points = all.filter(({ value }) => Number.isFinite(value));
  const flags = flagsOf(all.filter(({ value }) => !Number.isFinite(value)));
  return {
    name,
    count: points.length,
    last: points.at(-1) ?? null,
    ...extremes(points),
    points: coalesced(points).map(({ step, value }) => [step, value] as const),
    ...(flags === null ? {} : { notFinite: flags }),
  };
}

function extremes(points: readonly CurvePoint[]): Pick<Curve, 'lowest' | 'highest'> {
  const [first = null] = points;
  if (first === null) return { lowest: null, highest: null };
  return {
    lowest: points.reduce((low, one) => (one.value < low.value ? one : low), first),
    highest: points.reduce((high, one) => (one.value > high.value ? one : high), first),
  };
}

function flagsOf(flagged: readonly CurvePoint[]): Flags | null {
  const [first, last] = [flagged[0], flagged.at(-1)];
  if (first === undefined || last === undefined) return null;
  const kinds = new Set(flagged.map(({ value }) => kindOf(value)));
  return { count: flagged.length, kinds: [...kinds], firstStep: first.step, lastStep: last.step };
}

function kindOf(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'infinity' : '-infinity';
}

/** At most `MOST_POINTS`: both ends, and the lowest and the highest of each of the equal parts between them. */
function coalesced(points: readonly CurvePoint[]): readonly CurvePoint[] {
  if (points.length <= MOST_POINTS) return points;
  const parts = (MOST_POINTS - 2) / 2;
  const inner = points.slice(1, -1);
  const kept = new Set([points[0], points.at(-1)]);
  for (let part = 0; part < parts; part++) {
    const from = Math.floor((part * inner.length) / parts);
    const { lowest, highest } = extremes(inner.slice(from, Math.floor(((part + 1) * inner.length) / parts)));
    kept.add(lowest ?? undefined).add(highest ?? undefined);
  }
  return points.filter((point) => kept.has(point));
}
