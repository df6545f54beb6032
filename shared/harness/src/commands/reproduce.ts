/** Does a delivered model say again what is on record? Compares two raw predictions files row by row. */
import { z } from 'zod';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { predictedClasses } from './judge-request.ts';

export const reproduceRequest = z.object({
  record: z.string(),
  reproduced: z.string(),
  /** Largest difference of a number; relative to the recorded value where that is above 1. */
  tolerance: z.number().nonnegative(),
  task: predictedClasses,
});
export type ReproduceRequest = z.infer<typeof reproduceRequest>;

export const reproduceAnswer = z.object({
  rows: z.int(),
  maxDifference: z.number(),
  /** The row that differs most. */
  worstId: z.string(),
  agree: z.boolean(),
});
export type ReproduceAnswer = z.infer<typeof reproduceAnswer>;

const REPRODUCE: HarnessCommand<ReproduceRequest, ReproduceAnswer> = {
  name: 'reproduce',
  request: reproduceRequest,
  answer: reproduceAnswer,
  reads: ({ record, reproduced }) => [record, reproduced],
  writes: () => [],
};

export function reproduce(
  harness: Harness,
  request: ReproduceRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<ReproduceAnswer>> {
  return runHarness(harness, REPRODUCE, request, signal);
}
