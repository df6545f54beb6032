/** What the other runners of the farm could do for a job, as their records in KV `workers` tell. */
import type { Accelerator, Job, JobAccelerators, Worker } from '@modelwright/contracts';

/** A runner that has not written its record for so long is not counted on. */
const SILENT_AFTER_MS = 15_000;

/** A live runner with room for the job at this moment; null when there is none. */
export function hostWithRoom(job: Job, workers: readonly Worker[], now: number): string | null {
  const { accelerators } = job;
  if (accelerators === null) return null;
  const found = workers.find(
    (one) =>
      takes(one, job, now) &&
      (one.runner?.reservedFor ?? null) === null &&
      count(one, accelerators, (state) => state === 'free') >= accelerators.count,
  );
  return found?.name ?? null;
}

/** A live runner that could execute the job once it has nothing else to do, as it is now; null when there is none. */
export function hostThatCould(job: Job, workers: readonly Worker[], now: number): string | null {
  const { accelerators } = job;
  const found = workers.find(
    (one) =>
      takes(one, job, now) && (accelerators === null || count(one, accelerators) >= accelerators.count),
  );
  return found?.name ?? null;
}

function takes({ state, beatAt, runner }: Worker, job: Job, now: number): boolean {
  const alive = state === 'ready' && now - beatAt < SILENT_AFTER_MS;
  return alive && runner !== null && (runner.drained ?? null) === null && runner.classes.includes(job.class);
}

function count(
  { runner }: Worker,
  { memoryBytes, count: wanted }: JobAccelerators,
  fits: (state: Accelerator['state']) => boolean = (state) => state !== 'quarantined',
): number {
  const suitable = (runner?.accelerators ?? []).filter(
    (one) =>
      one.memoryBytes >= (memoryBytes ?? 0) && (wanted === 1 || one.parent === null) && fits(one.state),
  );
  return suitable.length;
}
