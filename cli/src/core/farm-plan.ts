/** What `up` has to do: which processes are wanted, which of them live, which are missing. */
import type { Worker } from '@modelwright/contracts';

export type ServiceName = Worker['service'];

/** In the order they are started: the manager makes the streams the others wait for. */
export const SERVICES: readonly ServiceName[] = ['manager', 'designer', 'coder', 'tuner', 'gpu-runner'];

export type Counts = Readonly<Record<ServiceName, number>>;

export const ONE_OF_EACH: Counts = { manager: 1, designer: 1, coder: 1, tuner: 1, 'gpu-runner': 1 };

/** Whether it asks models. The runner starts generated programs and is told of none. */
export const asksModels = (service: ServiceName) => service !== 'gpu-runner';

/** A process of a service; names last over restarts, which is how a runner finds its trainings again. */
export interface Place {
  readonly service: ServiceName;
  readonly name: string;
}

export interface FarmPlan<Recorded extends Place> {
  readonly keep: readonly Recorded[];
  /** Not there yet, and those that are to be started anew. */
  readonly start: readonly Place[];
  /** Alive and outdated: ended first. */
  readonly renew: readonly Recorded[];
  /** Alive and not asked for: left alone and said. */
  readonly surplus: readonly Recorded[];
}

export interface PlanRules<Recorded extends Place> {
  readonly namePrefix: string;
  /** Whether a service has to be started again to know what has changed. */
  isOutdated(one: Recorded): boolean;
}

export function planFarm<Recorded extends Place>(
  counts: Counts,
  alive: readonly Recorded[],
  { namePrefix, isOutdated }: PlanRules<Recorded>,
): FarmPlan<Recorded> {
  const wanted = placesOf(counts, namePrefix);
  const isWanted = (one: Place) => wanted.some((place) => samePlace(place, one));
  const renew = alive.filter((one) => isWanted(one) && isOutdated(one));
  const keep = alive.filter((one) => isWanted(one) && !renew.includes(one));
  return {
    keep,
    renew,
    start: wanted.filter((place) => !keep.some((one) => samePlace(place, one))),
    surplus: alive.filter((one) => !isWanted(one)),
  };
}

/** Stated counts, else those of the last time, else one of each. */
export function wantedCounts(stated: Partial<Counts>, before: Counts | null): Counts {
  return { ...(before ?? ONE_OF_EACH), ...stated };
}

function placesOf(counts: Counts, namePrefix: string): Place[] {
  return SERVICES.flatMap((service) =>
    Array.from({ length: counts[service] }, (_, index) => ({
      service,
      name: `${namePrefix}${service}-${index + 1}`,
    })),
  );
}

function samePlace(a: Place, b: Place): boolean {
  return a.service === b.service && a.name === b.name;
}

/** `3 coders, 1 manager` … in the order services start. */
export function countsText(counts: Counts): string {
  return SERVICES.filter((service) => counts[service] > 0)
    .map((service) => `${counts[service]} ${service}${counts[service] === 1 ? '' : 's'}`)
    .join(', ');
}
