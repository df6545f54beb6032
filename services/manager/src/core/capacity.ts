/** How much can run at once, from the runners' own records. */
import type { Worker } from '@modelwright/contracts';

/** A runner that has not written its record for so long is not counted. */
const SILENT_AFTER_MS = 30_000;

/** Slots for trainings on all live runners; null when there is none. */
export function trainingSlots(workers: readonly Worker[], now: number): number | null {
  const live = workers.filter((one) => one.state === 'ready' && now - one.beatAt < SILENT_AFTER_MS);
  return live.length === 0 ? null : live.reduce((sum, one) => sum + (one.runner?.slots ?? 0), 0);
}
