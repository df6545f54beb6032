/** What programs used, as far as the hosts could tell. */
import type { JobOutcome } from '@modelwright/contracts';

export interface Measured {
  /** Of accelerators; null where none was measured. */
  readonly energyJoules: number | null;
  /** Seconds that programs held accelerators, each counted; 0 where none had one. */
  readonly acceleratorSeconds: number;
  readonly cpuSeconds: number;
  readonly programSeconds: number;
  readonly programs: number;
  readonly peakMemoryBytes: number;
  readonly accelerators: readonly string[];
}

export function measuredIn(outcomes: readonly JobOutcome[]): Measured {
  const sum = (of: (outcome: JobOutcome) => number) =>
    outcomes.reduce((total, outcome) => total + of(outcome), 0);
  const energies = outcomes.flatMap(({ use }) => (use?.energyJoules == null ? [] : [use.energyJoules]));
  const models = outcomes.flatMap(({ use }) => (use?.accelerators ?? []).map(({ model }) => model));
  return {
    energyJoules: energies.length === 0 ? null : energies.reduce((total, one) => total + one, 0),
    acceleratorSeconds: sum(({ use, wallSeconds }) => (use?.accelerators.length ?? 0) * wallSeconds),
    cpuSeconds: sum(({ cpuSeconds }) => cpuSeconds),
    programSeconds: sum(({ wallSeconds }) => wallSeconds),
    programs: outcomes.length,
    peakMemoryBytes: outcomes.reduce((most, { maxRssBytes }) => Math.max(most, maxRssBytes), 0),
    accelerators: [...new Set(models)].toSorted(),
  };
}

export interface Fetched {
  /** Pretrained weights and other files, by name. */
  readonly assets: readonly JobOutcome['assets'][number][];
  /** Hashes of the specifications of environments that were built. */
  readonly environments: readonly string[];
  readonly runners: readonly string[];
}

export function fetchedIn(outcomes: readonly JobOutcome[]): Fetched {
  const assets = new Map(
    outcomes.flatMap((outcome) => outcome.assets).map((asset) => [JSON.stringify(asset), asset] as const),
  );
  const environments = outcomes.flatMap(({ environment }) => (environment === null ? [] : [environment]));
  return {
    assets: [...assets.values()],
    environments: [...new Set(environments)].toSorted(),
    runners: [...new Set(outcomes.map(({ runner }) => runner))].toSorted(),
  };
}
