/** Has a submission the form that was asked for, and does the delivered model say it again? */
import { z } from 'zod';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { predictedClasses } from './judge-request.ts';

export const validateRequest = z.object({
  submission: z.string(),
  /** `format.json` of what `prepare` wrote, or the `submission.json` that is delivered: a path. */
  format: z.string(),
  /** Of a task.json, what an answer can be; or its path. */
  task: z.union([predictedClasses, z.string()]),
  /** `ids.csv` of what `prepare` wrote; without it the number and the digest in `format` are held against. */
  ids: z.string().optional(),
  /** `decision.json` of the model, whose bounds a value keeps. */
  decision: z.string().optional(),
  /** What the delivered program wrote for the same rows, and the raw predictions that either was made from. */
  again: z
    .object({
      submission: z.string(),
      record: z.string(),
      raw: z.string(),
      tolerance: z.number().nonnegative(),
    })
    .optional(),
});
export type ValidateRequest = z.infer<typeof validateRequest>;

export const validateAnswer = z.object({
  rows: z.int(),
  /** Sentences. */
  faults: z.array(z.string()),
  maxDifference: z.number(),
  agree: z.boolean(),
});
export type ValidateAnswer = z.infer<typeof validateAnswer>;

const VALIDATE: HarnessCommand<ValidateRequest, ValidateAnswer> = {
  name: 'validate',
  request: validateRequest,
  answer: validateAnswer,
  reads: ({ submission, format, task, ids, decision, again }) => [
    submission,
    format,
    ids,
    decision,
    typeof task === 'string' ? task : undefined,
    again?.submission,
    again?.record,
    again?.raw,
  ],
  writes: () => [],
};

export function validate(
  harness: Harness,
  request: ValidateRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<ValidateAnswer>> {
  return runHarness(harness, VALIDATE, request, signal);
}
