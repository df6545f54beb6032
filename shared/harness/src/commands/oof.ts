/** How good a candidate is on its out-of-fold predictions, and where it is wrong. */
import { direction } from '@modelwright/contracts';
import { z } from 'zod';
import { decision } from '../answers/decision.ts';
import { diagnosis } from '../answers/diagnosis.ts';
import { estimate } from '../answers/estimate.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles } from './judge-request.ts';
import { trainingRequest } from './training-request.ts';

export const oofRequest = trainingRequest.extend({
  oof: z.string(),
  decision: decision.optional(),
  /** What the training reported of itself, for the diagnosis. */
  metrics: z.string().optional(),
});
export type OofRequest = z.infer<typeof oofRequest>;

export const oofAnswer = estimate.extend({
  direction,
  /** Share of the training rows that are predicted. */
  coverage: z.number(),
  /** The score is null on a fold where the metric is not defined. */
  folds: z.array(z.object({ fold: z.int(), n: z.int(), score: z.number().nullable() })),
  diagnosis,
});
export type OofAnswer = z.infer<typeof oofAnswer>;

const OOF: HarnessCommand<OofRequest, OofAnswer> = {
  name: 'oof',
  request: oofRequest,
  answer: oofAnswer,
  reads: ({ train, oof: file, metrics, grader }) => [train, file, metrics, ...graderFiles(grader)],
  writes: () => [],
};

export function oof(
  harness: Harness,
  request: OofRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<OofAnswer>> {
  return runHarness(harness, OOF, request, signal);
}
