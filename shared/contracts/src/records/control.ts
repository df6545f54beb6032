/** What is wanted of a run or a job, in KV `control` under `run.<id>` and `job.<id>`: so a user may be granted one kind alone. */
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

export const runControlKey = (run: string) => `run.${run}`;
export const jobControlKey = (job: string) => `job.${job}`;
