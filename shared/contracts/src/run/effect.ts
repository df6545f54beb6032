/** What a decision wants done. Carried out by the manager's one interpreter, any number of times with one result. */
import { z } from 'zod';
import { id } from '../ids.ts';
import { assignmentBody } from '../messages/assignment.ts';
import { jobBody } from '../messages/job.ts';
import { runControl } from '../records/control.ts';

export const runEffect = z.discriminatedUnion('type', [
  z.object({ type: z.literal('assign'), assignment: assignmentBody }),
  /** Sends a parked assignment again, as an earlier `assign` had it. */
  z.object({ type: z.literal('resume'), assignment: id, stop: z.int().positive() }),
  z.object({ type: z.literal('cancel-assignment'), assignment: id, reason: z.string() }),
  z.object({ type: z.literal('submit-job'), job: jobBody }),
  z.object({ type: z.literal('cancel-job'), job: id, reason: z.string() }),
  z.object({ type: z.literal('control-run'), control: runControl }),
]);
export type RunEffect = z.infer<typeof runEffect>;
