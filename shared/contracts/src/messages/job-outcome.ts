/**
 * How a job ended. Written by a runner to RESULTS, once: the append expects that the subject is empty.
 *
 * A bad program is a result, not an error.
 */
import { z } from 'zod';
import { id, type RunId, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { treeRef } from '../ref.ts';
import { PREFIX } from '../subjects.ts';

export const jobEnd = z.enum([
  'finished',
  'failed',
  'out-of-memory',
  'timed-out',
  'stalled',
  'disk-full',
  'cancelled',
  /** The host was lost, or the attempts made no progress. */
  'lost',
  /** The runner could not start it: code, data or environment could not be had. */
  'refused',
]);
export type JobEnd = z.infer<typeof jobEnd>;

/** What held the program in. `none` is said aloud wherever the outcome is shown. */
export const isolation = z.object({
  level: z.enum(['contained', 'partial', 'none']),
  /** Such as `network: own namespace` or `memory: not limited (no cgroup)`. */
  notes: z.array(z.string()),
});

export const jobOutcomeBody = z.object({
  job: id,
  run: runId,
  attempt: z.int().positive(),
  end: jobEnd,
  /** A sentence. */
  reason: z.string(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  runner: z.string(),
  startedAt: z.int(),
  endedAt: z.int(),
  wallSeconds: z.number().nonnegative(),
  cpuSeconds: z.number().nonnegative(),
  maxRssBytes: z.int().nonnegative(),
  isolation,
  /** What the program left in $MW_OUT, without its checkpoints; null when it left nothing. */
  output: treeRef.nullable(),
  /** The end of standard output and of standard error, at most 8,000 characters each. */
  stdoutTail: z.string(),
  stderrTail: z.string(),
});
export type JobOutcome = z.infer<typeof jobOutcomeBody>;

export const jobOutcome = defineMessage('job-outcome.v1', jobOutcomeBody);

export const jobOutcomeSubject = (run: RunId, jobId: string) => `${PREFIX}.done.${run}.${jobId}`;
export const runOutcomesFilter = (run: RunId) => `${PREFIX}.done.${run}.>`;
