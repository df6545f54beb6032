/** Is one raw predictions file better than another on the same hidden rows, past noise? */
import { z } from 'zod';
import { type Comparison, comparison } from '../answers/comparison.ts';
import { decision } from '../answers/decision.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles, judgeRequest } from './judge-request.ts';
import { filesOf, predictionsFiles } from './predictions-files.ts';

export const compareRequest = judgeRequest.extend({
  a: predictionsFiles,
  b: predictionsFiles,
  decisionA: decision.optional(),
  decisionB: decision.optional(),
  /** How many comparisons were made with these labels, this one included; the gate rises with it. */
  queries: z.int().positive().optional(),
});
export type CompareRequest = z.infer<typeof compareRequest>;

const COMPARE: HarnessCommand<CompareRequest, Comparison> = {
  name: 'compare',
  request: compareRequest,
  answer: comparison,
  reads: ({ truth, a, b, grader }) => [truth, ...filesOf(a), ...filesOf(b), ...graderFiles(grader)],
  writes: () => [],
};

export function compare(
  harness: Harness,
  request: CompareRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<Comparison>> {
  return runHarness(harness, COMPARE, request, signal);
}
