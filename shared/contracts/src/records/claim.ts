/** Who executes a job, in KV `claims` under the job's id. Its revision is the fencing token. */
import { z } from 'zod';
import { treeRef } from '../ref.ts';

export const claim = z.object({
  job: z.string(),
  run: z.string(),
  attempt: z.int().positive(),
  /** The runner's name: one per host, kept over restarts. */
  runner: z.string(),
  /** Drawn at the start of the runner's process. */
  process: z.string(),
  /** `released`: given back before its end; whoever is delivered the job next goes on at once. */
  state: z.enum(['held', 'released', 'closed']),
  claimedAt: z.int(),
  checkpoint: treeRef.nullable(),
  /** Attempts in a row that ended without a new checkpoint. */
  attemptsWithoutProgress: z.int().nonnegative(),
  /** Attempts that ended because an accelerator failed under them, with a checkpoint or without; absent: none. */
  acceleratorFaults: z.int().nonnegative().optional(),
});
export type Claim = z.infer<typeof claim>;
