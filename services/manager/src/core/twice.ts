/** A job of finishing that the farm failed at, through no fault of its program, is done once more. */
import type { JobEnd } from '@modelwright/contracts';
import type { JobState, OpenRun } from './run-state.ts';
import { jobId } from './submit.ts';

const FAULTS_OF_THE_FARM: ReadonlySet<string> = new Set<JobEnd>(['lost', 'refused']);

export interface Attempt {
  readonly id: string;
  /** Undefined as long as it is to be submitted. */
  readonly job: JobState | undefined;
}

/** The attempt that counts: the second where the first came to nothing by the farm's fault. */
export function lastAttempt(run: OpenRun, candidate: string, tag: string, n: number): Attempt {
  const first = jobId(run, candidate, tag, n);
  const job = run.jobs[first];
  if (!isFaultOfTheFarm(job)) return { id: first, job };
  const again = jobId(run, candidate, `${tag}-again`, n);
  return { id: again, job: run.jobs[again] };
}

export function isFaultOfTheFarm(job: JobState | undefined): boolean {
  return job?.stage === 'closed' && FAULTS_OF_THE_FARM.has(job.end);
}
