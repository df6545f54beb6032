/**
 * The queue as a runner sees it: a lane for each class of jobs and each priority, and the order in which it asks them.
 *
 * More urgent lanes come first. A lane that was overtaken too often goes next all the same: so its first job waits behind
 * a bounded number of others, however many keep coming in the other lanes.
 */
import type { JobPriority } from '@modelwright/contracts';

/** What limits the jobs of a lane on this host. */
export type Need = 'processors' | 'accelerators';

export interface Lane {
  readonly class: string;
  readonly priority: JobPriority;
  readonly need: Need;
}

/** Lane → how many jobs of others were started since it was last served, or found empty. */
export type Overtaken = ReadonlyMap<string, number>;

/** So many may go before a job for being more urgent, or asked earlier. */
export const MOST_OVERTAKING = 8;

const URGENCY: readonly JobPriority[] = ['high', 'normal', 'low'];
const ACCELERATED = /^gpu(-|$)/;

/** On a host without accelerators every class is a matter of processors: a site may name its classes as it likes. */
export function needOf(klass: string, accelerators: number): Need {
  return accelerators > 0 && ACCELERATED.test(klass) ? 'accelerators' : 'processors';
}

export function lanesOf(classes: readonly string[], accelerators: number): Lane[] {
  return classes.flatMap((klass) =>
    URGENCY.map((priority) => ({ class: klass, priority, need: needOf(klass, accelerators) })),
  );
}

export const keyOf = (lane: Pick<Lane, 'class' | 'priority'>): string => `${lane.class}.${lane.priority}`;

/** Lanes whose jobs compete for the same thing with the same urgency. */
export function level(lanes: readonly Lane[], of: Lane): Lane[] {
  return lanes.filter((lane) => lane.need === of.need && lane.priority === of.priority);
}

/** In the order to ask them. */
export function inTurn(lanes: readonly Lane[], overtaken: Overtaken): Lane[] {
  const overdue = (lane: Lane) => {
    const times = overtaken.get(keyOf(lane)) ?? 0;
    return times >= MOST_OVERTAKING ? times : 0;
  };
  return lanes.toSorted((a, b) => overdue(b) - overdue(a) || urgency(a) - urgency(b));
}

/** A job was started: every other lane was overtaken once more. */
export function afterStart(lanes: readonly Lane[], overtaken: Overtaken, served: Lane): Overtaken {
  const next = new Map(lanes.map((lane) => [keyOf(lane), (overtaken.get(keyOf(lane)) ?? 0) + 1]));
  return next.set(keyOf(served), 0);
}

/** Nothing waits there, so nothing was overtaken. */
export function afterEmpty(overtaken: Overtaken, lane: Lane): Overtaken {
  return new Map(overtaken).set(keyOf(lane), 0);
}

const urgency = ({ priority }: Lane) => URGENCY.indexOf(priority);
