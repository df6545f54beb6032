/** Does a refitted model say what the scored model says, as far as two fits of one recipe do? */
import { datasetTask, metricName } from '@modelwright/contracts';
import { z } from 'zod';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles, graderFolder } from './judge-request.ts';

export const agreementRequest = z.object({
  metric: metricName,
  task: datasetTask,
  /** Absolute paths: what the scored model was trained on, and its out-of-fold predictions. */
  train: z.string(),
  oof: z.string(),
  /** Raw predictions of the same rows by either model; absent where there are none to compare on. */
  scored: z.string().optional(),
  refitted: z.string().optional(),
  /** What the refit was trained on, and its out-of-fold predictions, where it made some. */
  all: z.string().optional(),
  refitOof: z.string().optional(),
  /** Whether the refit was trained on the rows that are compared. */
  seen: z.boolean(),
  grader: graderFolder,
});
export type AgreementRequest = z.infer<typeof agreementRequest>;

export const agreementAnswer = z.object({
  agree: z.boolean(),
  /** What was compared and how it came out, a sentence each. */
  notes: z.array(z.string()),
});
export type AgreementAnswer = z.infer<typeof agreementAnswer>;

const AGREEMENT: HarnessCommand<AgreementRequest, AgreementAnswer> = {
  name: 'agreement',
  request: agreementRequest,
  answer: agreementAnswer,
  reads: ({ train, oof, scored, refitted, all, refitOof, grader }) => [
    train,
    oof,
    scored,
    refitted,
    all,
    refitOof,
    ...graderFiles(grader),
  ],
  writes: () => [],
};

export function agreement(
  harness: Harness,
  request: AgreementRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<AgreementAnswer>> {
  return runHarness(harness, AGREEMENT, request, signal);
}
