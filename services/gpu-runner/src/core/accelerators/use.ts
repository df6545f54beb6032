/**
 * What a job made of its accelerators, from samples of all of them taken together now and then.
 *
 * Energy is the integral of the power by the trapezoid rule; from the start to the first sample, and from the last one to
 * the end, the power is taken as constant. A gap (the runner was restarted) is bridged by the straight line between.
 */
import type { AcceleratorUse } from '@modelwright/contracts';

/** Null where the host cannot tell. */
export interface AcceleratorSample {
  readonly uuid: string;
  /** 0 to 100. */
  readonly utilisationPercent: number | null;
  readonly memoryUsedBytes: number | null;
  readonly watts: number | null;
}

/** Plain data: it is kept on disk, so that another process of the runner goes on with it. */
export interface UseSoFar {
  readonly samples: number;
  readonly utilisationSum: number;
  readonly utilisationCount: number;
  readonly peakMemoryBytes: number | null;
  /** Between the first and the last measurement of power. */
  readonly joules: number;
  readonly first: Power | null;
  readonly last: Power | null;
}

interface Power {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly watts: number;
}

export const NO_USE: UseSoFar = {
  samples: 0,
  utilisationSum: 0,
  utilisationCount: 0,
  peakMemoryBytes: null,
  joules: 0,
  first: null,
  last: null,
};

/** One look at all accelerators of the job, at the same time. */
export function withSample(use: UseSoFar, at: number, seen: readonly AcceleratorSample[]): UseSoFar {
  if (seen.length === 0) return use;
  const utilisation = seen.flatMap((one) => one.utilisationPercent ?? []);
  const memory = total(seen.map((one) => one.memoryUsedBytes));
  const watts = total(seen.map((one) => one.watts));
  return {
    ...use,
    samples: use.samples + 1,
    utilisationSum: use.utilisationSum + utilisation.reduce((sum, one) => sum + one, 0),
    utilisationCount: use.utilisationCount + utilisation.length,
    peakMemoryBytes: memory === null ? use.peakMemoryBytes : Math.max(memory, use.peakMemoryBytes ?? 0),
    ...(watts === null ? {} : withPower(use, { at, watts })),
  };
}

/** Of a program; in milliseconds since the epoch. */
export interface Span {
  readonly startedAt: number;
  readonly endedAt: number;
}

export function useOver(
  { startedAt, endedAt }: Span,
  use: UseSoFar,
  accelerators: AcceleratorUse['accelerators'],
): AcceleratorUse {
  const { first, last } = use;
  const known = { accelerators, samples: use.samples, peakMemoryBytes: use.peakMemoryBytes };
  const utilisationPercent = use.utilisationCount === 0 ? null : use.utilisationSum / use.utilisationCount;
  if (first === null || last === null) {
    return { ...known, utilisationPercent, meanWatts: null, energyJoules: null };
  }
  const before = first.watts * seconds(startedAt, first.at);
  const after = last.watts * seconds(last.at, endedAt);
  const energyJoules = before + use.joules + after;
  // The last measurement may have been made a moment after the end.
  const held = seconds(Math.min(startedAt, first.at), Math.max(endedAt, last.at));
  return {
    ...known,
    utilisationPercent,
    meanWatts: held === 0 ? last.watts : energyJoules / held,
    energyJoules,
  };
}

function withPower(use: UseSoFar, now: Power): Pick<UseSoFar, 'joules' | 'first' | 'last'> {
  const { first, last } = use;
  if (first === null || last === null) return { joules: 0, first: now, last: now };
  const joules = use.joules + ((last.watts + now.watts) / 2) * seconds(last.at, now.at);
  return { joules, first, last: { at: Math.max(now.at, last.at), watts: now.watts } };
}

/** Of all of them; null as soon as one cannot tell. */
function total(values: ReadonlyArray<number | null>): number | null {
  return values.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

/** A clock that was set back counts as no time. */
const seconds = (from: number, to: number) => Math.max(0, to - from) / 1000;
