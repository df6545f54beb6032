/**
 * A program to execute. Sent by agents and the manager to JOBS, taken by a runner.
 *
 * High priority is for short jobs (smoke, score, verify): every runner keeps a slot that takes nothing else.
 */
import { z } from 'zod';
import { id, type RunId, runId } from '../ids.ts';
import { defineMessage } from '../message.ts';
import { blobRef, relativePath, treeRef } from '../ref.ts';
import { PREFIX } from '../subjects.ts';
import { assetRequest } from '../task/asset.ts';

export const jobPriority = z.enum(['high', 'normal', 'low']);
export type JobPriority = z.infer<typeof jobPriority>;

export const jobPurpose = z.enum([
  'smoke',
  'train',
  'infer',
  'assemble',
  'refit',
  'verify',
  'shell',
  'analysis',
  'environment',
  'derive',
  /** A training without the labels of the rows that it is judged on. */
  'round',
  /** A training that asks whether a candidate's own numbers are what they claim. */
  'audit',
]);
export type JobPurpose = z.infer<typeof jobPurpose>;

export const jobLimits = z.object({
  /** Then SIGTERM, grace, SIGKILL; outcome `timed-out`. */
  wallSeconds: z.number().positive(),
  /** Between SIGTERM and SIGKILL. */
  graceSeconds: z.number().nonnegative(),
  /** Neither output nor a growing file for so long ends the job as `stalled`. */
  stallSeconds: z.number().positive(),
  memoryBytes: z.int().positive(),
  cpus: z.number().positive(),
  pids: z.int().positive(),
  /** Work folder and output folder together. */
  diskBytes: z.int().positive(),
  /** Standard output and standard error, each; more is cut from the middle. */
  logBytes: z.int().positive(),
  /** Of /dev/shm; it counts as memory. Absent: half of the memory, at most 8 GiB. */
  shmBytes: z.int().positive().optional(),
});
export type JobLimits = z.infer<typeof jobLimits>;

/** Where the program's files come from: a candidate's commit, or a folder such as the deliverable. */
export const jobCode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('version'), commit: z.string(), bundle: blobRef }),
  z.object({ kind: z.literal('tree'), tree: treeRef }),
]);

/** `base` is the runner's own Python environment; `requirements` is built once and addressed by content. */
export const jobEnvironment = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('base') }),
  z.object({ kind: z.literal('requirements'), text: z.string().max(100_000) }),
]);

/** All of them or none, on one host. */
export const jobAccelerators = z.object({
  count: z.int().min(1).max(64),
  /** Memory that each has at least, in bytes; null: any. */
  memoryBytes: z.int().positive().nullable().default(null),
  /** Other jobs that say so too may hold the same ones at the same time. */
  shared: z.boolean().default(false),
});
export type JobAccelerators = z.infer<typeof jobAccelerators>;

/** When a training is ended without asking anybody; its outcome is `cancelled` and says which rule. A `*` in `metric` stands for any characters. */
export const stopRule = z.discriminatedUnion('kind', [
  /** NaN or infinity, so many times in a row; `metric` null: in any curve. */
  z.object({
    kind: z.literal('not-finite'),
    metric: z.string().nullable(),
    times: z.int().positive().default(3),
  }),
  /** Above or below the value, so many times in a row, once the training has run for `afterSeconds`. */
  z.object({
    kind: z.literal('beyond'),
    metric: z.string().min(1),
    side: z.enum(['above', 'below']),
    value: z.number(),
    times: z.int().positive().default(3),
    afterSeconds: z.number().nonnegative().default(0),
  }),
]);
export type StopRule = z.infer<typeof stopRule>;

export const jobBody = z.object({
  id,
  run: runId,
  candidate: z.string(),
  purpose: jobPurpose,
  /** `cpu`, `gpu`, or a site's own label. */
  class: z.string().regex(/^[a-z0-9-]+$/),
  priority: jobPriority,
  code: jobCode,
  /** Files written over the code before the start, such as a trial's `config.json`. */
  overlay: z.record(relativePath, z.string()),
  /** argv; `python` stands for the environment's interpreter. */
  command: z.array(z.string()).min(1),
  /** Mounted read-only at $MW_DATA. */
  data: treeRef.nullable(),
  /** Mounted read-only at $MW_INPUTS/<name>; `path` picks a subfolder of the tree. */
  inputs: z.record(id, z.object({ tree: treeRef, path: relativePath.nullable() })),
  environment: jobEnvironment,
  /** Further MW_… variables for the program. */
  variables: z.record(z.string().regex(/^MW_[A-Z_]+$/), z.string()),
  limits: jobLimits,
  accelerators: jobAccelerators.nullable().default(null),
  /** Mounted read-only at $MW_ASSETS/<name>. */
  assets: z.array(assetRequest).max(20).default([]),
  stopRules: z.array(stopRule).max(20).default([]),
});
export type Job = z.infer<typeof jobBody>;

export const job = defineMessage('job.v1', jobBody);

export const jobSubject = (klass: string, priority: JobPriority, run: RunId) =>
  `${PREFIX}.job.${klass}.${priority}.${run}`;
/** Of every class, priority and run: what follows the prefix is `<class>.<priority>.<run>`. */
export const allJobsFilter = `${PREFIX}.job.>`;
export const jobFilter = (klass: string, priority: JobPriority) => `${PREFIX}.job.${klass}.${priority}.>`;
