/** Fits the decision layer on out-of-fold predictions. */
import { dirname } from 'node:path';
import { z } from 'zod';
import { comparison } from '../answers/comparison.ts';
import { decision } from '../answers/decision.ts';
import { estimate } from '../answers/estimate.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles } from './judge-request.ts';
import { trainingRequest } from './training-request.ts';

export const decideRequest = trainingRequest.extend({
  oof: z.string(),
  /** A decision.json to write. */
  out: z.string().optional(),
});
export type DecideRequest = z.infer<typeof decideRequest>;

export const decideAnswer = z.object({
  decision,
  /** Cross-fitted score with the decision, and with the metric's default. */
  estimate,
  default: estimate,
  /** Of the best alternative against the default; null where there is none to try. */
  gain: comparison.nullable(),
});
export type DecideAnswer = z.infer<typeof decideAnswer>;

const DECIDE: HarnessCommand<DecideRequest, DecideAnswer> = {
  name: 'decide',
  request: decideRequest,
  answer: decideAnswer,
  reads: ({ train, oof, grader }) => [train, oof, ...graderFiles(grader)],
  writes: ({ out }) => [out === undefined ? undefined : dirname(out)],
};

export function decide(
  harness: Harness,
  request: DecideRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<DecideAnswer>> {
  return runHarness(harness, DECIDE, request, signal);
}
