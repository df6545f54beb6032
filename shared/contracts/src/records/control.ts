/**
 * What is wanted of a run, a job, an assignment, a runner or an accelerator, in KV `control` under `run.<id>`, `job.<id>`,
 * `assignment.<id>`, `runner.<name>`, `accelerator.<uuid>`: so a user may be granted one kind alone.
 */
import { z } from 'zod';

export const runControl = z.object({
  run: z.string(),
  /** Open runs get ticks. Nothing of a closed run is started; jobs of a cancelled one are ended. */
  state: z.enum(['open', 'cancelled', 'closed']),
  reason: z.string(),
});
export type RunControl = z.infer<typeof runControl>;

export const jobControl = z.object({ job: z.string(), desired: z.literal('cancelled'), reason: z.string() });
export type JobControl = z.infer<typeof jobControl>;

/** Nobody waits for its result any more; what it has spent is still to be told. */
export const assignmentControl = z.object({
  assignment: z.string(),
  desired: z.literal('cancelled'),
  reason: z.string(),
});
export type AssignmentControl = z.infer<typeof assignmentControl>;

/** Of a runner. Drained, it takes no more jobs: `finish` lets those it has come to their end, `hand-over` saves and passes them on. */
export const runnerControl = z.object({
  runner: z.string(),
  desired: z.enum(['take', 'finish', 'hand-over']),
  reason: z.string(),
});
export type RunnerControl = z.infer<typeof runnerControl>;

/** A person has looked at a quarantined accelerator: it may be used again. */
export const acceleratorControl = z.object({
  accelerator: z.string(),
  desired: z.literal('released'),
  /** Milliseconds since the epoch; a quarantine that began later stands. */
  at: z.int(),
  reason: z.string(),
});
export type AcceleratorControl = z.infer<typeof acceleratorControl>;

/** For readers of the whole bucket: any of them, told apart by their keys. */
export const controlRecord = z.union([
  runControl,
  jobControl,
  assignmentControl,
  runnerControl,
  acceleratorControl,
]);
export type ControlRecord = z.infer<typeof controlRecord>;

export const runControlKey = (run: string) => `run.${run}`;
export const jobControlKey = (job: string) => `job.${job}`;
export const assignmentControlKey = (assignment: string) => `assignment.${assignment}`;
export const runnerControlKey = (runner: string) => `runner.${runner}`;
/** Key characters only: what a vendor's name for it has beyond is replaced. */
export const acceleratorControlKey = (uuid: string) =>
  `accelerator.${uuid.replaceAll(/[^A-Za-z0-9_=-]/g, '_')}`;
