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
import { assetRecord } from '../task/asset.ts';

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

/** What was measured on the accelerators a job held, all of them together. */
export const acceleratorUse = z.object({
  accelerators: z.array(z.object({ uuid: z.string(), model: z.string(), vendor: z.string() })),
  samples: z.int().nonnegative(),
  /** Mean of the samples, 0 to 100 %; null where the host cannot tell. */
  utilisationPercent: z.number().nonnegative().nullable(),
  peakMemoryBytes: z.int().nonnegative().nullable(),
  meanWatts: z.number().nonnegative().nullable(),
  /** Integral of the power over the time it was held. */
  energyJoules: z.number().nonnegative().nullable(),
});
export type AcceleratorUse = z.infer<typeof acceleratorUse>;

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
  /** Which memory was exhausted; null unless `end` is `out-of-memory`, or from before it was told. */
  exhausted: z.enum(['host', 'accelerator']).nullable().default(null),
  /** The stop rule that ended it, as a sentence. */
  stopRule: z.string().nullable().default(null),
  use: acceleratorUse.nullable().default(null),
  assets: z.array(assetRecord).default([]),
  /** Names what the program ran in, when that was built: the hash of its specification. */
  environment: z.string().nullable().default(null),
});
export type JobOutcome = z.infer<typeof jobOutcomeBody>;

export const jobOutcome = defineMessage('job-outcome.v1', jobOutcomeBody);

export const jobOutcomeSubject = (run: RunId, jobId: string) => `${PREFIX}.done.${run}.${jobId}`;
export const runOutcomesFilter = (run: RunId) => `${PREFIX}.done.${run}.>`;
