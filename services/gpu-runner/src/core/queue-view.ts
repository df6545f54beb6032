/** Which runs have jobs that wait, as far as can be told without taking any: from what lies in the queue, and what is in work. */
import { keyOf, type Lane } from './queue-lanes.ts';

/** `<class>.<priority>.<run>` → number of jobs. */
export type Depths = ReadonlyMap<string, number>;

export const depthKey = (job: Pick<Lane, 'class' | 'priority'> & { readonly run: string }): string =>
  `${keyOf(job)}.${job.run}`;

/** Jobs of all runs in the lane, those in work too. */
export function lyingIn(lane: Lane, lying: Depths): number {
  const prefix = `${keyOf(lane)}.`;
  return [...lying].reduce((sum, [key, count]) => (key.startsWith(prefix) ? sum + count : sum), 0);
}

/**
 * Runs that wait in any of the lanes. Messages of jobs in work lie in the queue until they end; what other runners say of
 * theirs is some seconds old.
 */
export function waitingRuns(lanes: readonly Lane[], lying: Depths, inWork: readonly Depths[]): Set<string> {
  const prefixes = lanes.map((lane) => `${keyOf(lane)}.`);
  const found = new Set<string>();
  for (const [key, count] of lying) {
    const prefix = prefixes.find((one) => key.startsWith(one));
    if (prefix === undefined) continue;
    const taken = inWork.reduce((sum, one) => sum + (one.get(key) ?? 0), 0);
    if (count > taken) found.add(key.slice(prefix.length));
  }
  return found;
}
