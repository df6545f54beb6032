/**
 * What is wanted of a run, a job or an assignment, in KV `control` under `run.<id>`, `job.<id>` and `assignment.<id>`: so a
 * user may be granted one kind alone.
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

/** For readers of the whole bucket: any of them, told apart by their keys. */
export const controlRecord = z.union([runControl, jobControl, assignmentControl]);
export type ControlRecord = z.infer<typeof controlRecord>;

export const runControlKey = (run: string) => `run.${run}`;
export const jobControlKey = (job: string) => `job.${job}`;
export const assignmentControlKey = (assignment: string) => `assignment.${assignment}`;
