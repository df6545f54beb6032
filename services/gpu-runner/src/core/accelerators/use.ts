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

/** Plain data: it is kept on disk, so that another process of the runner goes on with it. Times in ms since the epoch. */
export interface UseSoFar {
  readonly heldSince: number;
  readonly samples: number;
  readonly utilisationSum: number;
  readonly utilisationCount: number;
  readonly peakMemoryBytes: number | null;
  readonly joules: number | null;
  readonly last: { readonly at: number; readonly watts: number } | null;
}

export const useFrom = (heldSince: number): UseSoFar => ({
  heldSince,
  samples: 0,
  utilisationSum: 0,
  utilisationCount: 0,
  peakMemoryBytes: null,
  joules: null,
  last: null,
});

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
    ...(watts === null ? {} : withPower(use, at, watts)),
  };
}

export function useAt(
  end: number,
  use: UseSoFar,
  accelerators: AcceleratorUse['accelerators'],
): AcceleratorUse {
  const energyJoules =
    use.joules === null || use.last === null ? null : use.joules + use.last.watts * seconds(use.last.at, end);
  const held = seconds(use.heldSince, end);
  return {
    accelerators,
    samples: use.samples,
    utilisationPercent: use.utilisationCount === 0 ? null : use.utilisationSum / use.utilisationCount,
    peakMemoryBytes: use.peakMemoryBytes,
    meanWatts: energyJoules === null || held === 0 ? (use.last?.watts ?? null) : energyJoules / held,
    energyJoules,
  };
}

function withPower(use: UseSoFar, at: number, watts: number): Pick<UseSoFar, 'joules' | 'last'> {
  const before = use.last ?? { at: use.heldSince, watts };
  const joules = ((before.watts + watts) / 2) * seconds(before.at, at);
  return { joules: (use.joules ?? 0) + joules, last: { at: Math.max(at, before.at), watts } };
}

/** Of all of them; null as soon as one cannot tell. */
function total(values: ReadonlyArray<number | null>): number | null {
  return values.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

/** A clock that was set back counts as no time. */
const seconds = (from: number, to: number) => Math.max(0, to - from) / 1000;
