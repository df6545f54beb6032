/** The curves of a training so far, short enough for a conversation, with nothing extreme left out. */
import type { Streams } from '@modelwright/bus';
import { jobTelemetryFilter, metricsReported, type RunId } from '@modelwright/contracts';

export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

export interface Curve {
  readonly name: string;
  /** How many points it has. */
  readonly count: number;
  readonly last: CurvePoint;
  readonly lowest: CurvePoint;
  readonly highest: CurvePoint;
  /** `[step, value]` of some points spread over all of it, the first and the last among them. */
  readonly points: readonly (readonly [number, number])[];
}

const MOST_CURVES = 16;
const MOST_POINTS = 12;

/** All that its program has reported, by name; of several attempts a step counts as the last one reported it. */
export async function readCurves(streams: Streams, run: RunId, job: string): Promise<Curve[]> {
  const stored = await streams.read('TELEMETRY', jobTelemetryFilter(run, job, 'metric'), metricsReported);
  return curvesOf(stored.flatMap(({ body }) => body.points));
}

export function curvesOf(
  points: readonly { readonly name: string; readonly step: number; readonly value: number }[],
): Curve[] {
  const byName = new Map<string, Map<number, number>>();
  for (const { name, step, value } of points) {
    const curve = byName.get(name) ?? new Map<number, number>();
    byName.set(name, curve.set(step, value));
  }
  return [...byName].slice(0, MOST_CURVES).flatMap(([name, values]) => curveOf(name, values) ?? []);
}

function curveOf(name: string, values: ReadonlyMap<number, number>): Curve | null {
  const all = [...values].map(([step, value]) => ({ step, value })).sort((a, b) => a.step - b.step);
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return null;
  return {
    name,
    count: all.length,
    last,
    lowest: all.reduce((low, one) => (one.value < low.value ? one : low), first),
    highest: all.reduce((high, one) => (one.value > high.value ? one : high), first),
    points: spread(all).map(({ step, value }) => [step, value] as const),
  };
}

function spread(all: readonly CurvePoint[]): CurvePoint[] {
  if (all.length <= MOST_POINTS) return [...all];
  const places = Array.from({ length: MOST_POINTS }, (_, n) =>
    Math.round((n * (all.length - 1)) / (MOST_POINTS - 1)),
  );
  return places.flatMap((place) => all[place] ?? []);
}
