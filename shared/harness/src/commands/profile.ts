/** What does a file of a folder hold of which nobody has said what it is for? */
import { tableProfile } from '@modelwright/contracts';
import { z } from 'zod';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { harnessProblem } from '../problem.ts';

const profileRequest = z.object({
  /** Absolute path. */
  folder: z.string(),
  /** Within the folder. */
  file: z.string(),
  /** Another file, whose columns are compared with this one's. */
  against: z.string().optional(),
  /** Unpacked first; the files may lie in them. */
  archives: z.array(z.string()).optional(),
});
export type ProfileRequest = z.infer<typeof profileRequest>;

const profileAnswer = tableProfile.extend({ warnings: z.array(harnessProblem) });
export type ProfileAnswer = z.infer<typeof profileAnswer>;

const PROFILE: HarnessCommand<ProfileRequest, ProfileAnswer> = {
  name: 'profile',
  request: profileRequest,
  answer: profileAnswer,
  reads: ({ folder }) => [folder],
  writes: () => [],
};

export function profile(
  harness: Harness,
  request: ProfileRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<ProfileAnswer>> {
  return runHarness(harness, PROFILE, request, signal);
}
