/** Writes the file a user hands in, in the form of the sample submission where there is one. */
import { dirname } from 'node:path';
import { datasetTask } from '@modelwright/contracts';
import { z } from 'zod';
import { decision } from '../answers/decision.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';

export const submissionRequest = z.object({
  /** Raw predictions of the test rows. */
  raw: z.string(),
  decision,
  task: datasetTask,
  /** The folder `submission` that `prepare` wrote. */
  form: z.string(),
  /** The submission.csv to write. */
  out: z.string(),
});
export type SubmissionRequest = z.infer<typeof submissionRequest>;

export const submissionAnswer = z.object({
  rows: z.int(),
  columns: z.array(z.string()),
  sha256: z.string(),
});
export type SubmissionAnswer = z.infer<typeof submissionAnswer>;

const SUBMISSION: HarnessCommand<SubmissionRequest, SubmissionAnswer> = {
  name: 'submission',
  request: submissionRequest,
  answer: submissionAnswer,
  reads: ({ raw, form }) => [raw, form],
  writes: ({ out }) => [dirname(out)],
};

export function submission(
  harness: Harness,
  request: SubmissionRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<SubmissionAnswer>> {
  return runHarness(harness, SUBMISSION, request, signal);
}
