/** A version of a candidate: a commit, and the git bundle that carries it with its history. */
import { z } from 'zod';
import { jobEnvironment } from '../messages/job.ts';
import { blobRef } from '../ref.ts';

export const version = z.object({
  commit: z.string().regex(/^[0-9a-f]{40}$/, 'not a git commit'),
  bundle: blobRef,
  /** What its programs run in; without it the runner's own. */
  environment: jobEnvironment.optional(),
});
export type Version = z.infer<typeof version>;
