/** Weights for a mean of candidates, selected on their out-of-fold predictions. */
import { dirname } from 'node:path';
import { z } from 'zod';
import { comparison } from '../answers/comparison.ts';
import { estimate } from '../answers/estimate.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles } from './judge-request.ts';
import { trainingRequest } from './training-request.ts';

export const blendRequest = trainingRequest.extend({
  members: z.array(z.object({ name: z.string(), oof: z.string() })).min(1),
  /** An oof.csv to write for the blend, on which its decision can be fitted. */
  out: z.string().optional(),
});
export type BlendRequest = z.infer<typeof blendRequest>;

export const blendAnswer = z.object({
  /** Of the members that count; they sum to 1. */
  weights: z.record(z.string(), z.number()),
  /** In which predictions are averaged: linear, logit, log; or by vote, where nothing can be averaged. */
  space: z.enum(['linear', 'logit', 'log', 'vote']).optional(),
  /**
   * Cross-fitted, like that of the best single member: neither profits from having been chosen.
   * Between stretches of time from earlier folds alone; `n` lacks the oldest that all predicted.
   */
  estimate,
  bestSingle: z.object({ name: z.string(), estimate }),
  /** Of the blend against the best single member. */
  gain: comparison,
  /** Of the members' errors. */
  correlation: z.object({ names: z.array(z.string()), matrix: z.array(z.array(z.number())) }),
  /** Share of the training rows that all members predicted. */
  coverage: z.number(),
});
export type BlendAnswer = z.infer<typeof blendAnswer>;

const BLEND: HarnessCommand<BlendRequest, BlendAnswer> = {
  name: 'blend',
  request: blendRequest,
  answer: blendAnswer,
  reads: ({ train, members, grader }) => [
    train,
    ...members.map((member) => member.oof),
    ...graderFiles(grader),
  ],
  writes: ({ out }) => [out === undefined ? undefined : dirname(out)],
};

export function blend(
  harness: Harness,
  request: BlendRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<BlendAnswer>> {
  return runHarness(harness, BLEND, request, signal);
}
