/** How much can run at once, from the runners' own records. */
import type { Hardware, Worker } from '@modelwright/contracts';

/** A runner that has not written its record for so long is not counted. */
const SILENT_AFTER_MS = 30_000;

/** Slots for trainings on all live runners; null when there is none. */
export function trainingSlots(workers: readonly Worker[], now: number): number | null {
  const live = liveOnes(workers, now);
  return live.length === 0 ? null : live.reduce((sum, one) => sum + (one.runner?.slots ?? 0), 0);
}

/** By model, the most that one live runner has: all accelerators of a job are on one host. Not those in quarantine. */
export function acceleratorsOf(workers: readonly Worker[], now: number): Hardware['accelerators'] {
  const most = new Map<string, Hardware['accelerators'][number]>();
  for (const { runner } of liveOnes(workers, now)) {
    const fit = (runner?.accelerators ?? []).filter((one) => one.state !== 'quarantined');
    for (const [model, those] of Map.groupBy(fit, (one) => one.model)) {
      const memoryBytes = Math.min(...those.map((one) => one.memoryBytes));
      // A program can use one slice of a GPU, never several.
      const count = those.some((one) => one.parent !== null) ? 1 : those.length;
      if (count > (most.get(model)?.count ?? 0)) most.set(model, { model, memoryBytes, count });
    }
  }
  return [...most.values()].sort((a, b) => a.model.localeCompare(b.model));
}

function liveOnes(workers: readonly Worker[], now: number): Worker[] {
  return workers.filter(
    ({ state, beatAt, runner }) =>
      state === 'ready' && now - beatAt < SILENT_AFTER_MS && (runner?.drained ?? null) === null,
  );
}
