/** A version of a candidate: a commit, and the git bundle that carries it with its history. */
import { z } from 'zod';
import { jobEnvironment } from '../messages/job.ts';
import { blobRef, treeRef } from '../ref.ts';

export const version = z.object({
  commit: z.string().regex(/^[0-9a-f]{40}$/, 'not a git commit'),
  bundle: blobRef,
  /** What its programs run in; without it the runner's own. */
  environment: jobEnvironment.optional(),
  /** How many its trainings use when the farm has them; without it none. */
  accelerators: z.int().min(1).max(64).optional(),
  /** What its `derive.py` made of the training data, shared by all who ask for the same; mounted at $MW_INPUTS/derived. */
  derived: treeRef.optional(),
});
export type Version = z.infer<typeof version>;
