/** The score of one raw predictions file on hidden rows. */
import { dirname } from 'node:path';
import { direction } from '@modelwright/contracts';
import { z } from 'zod';
import { decision } from '../answers/decision.ts';
import { estimate } from '../answers/estimate.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles, judgeRequest } from './judge-request.ts';
import { filesOf, predictionsFiles } from './predictions-files.ts';

export const gradeRequest = judgeRequest.extend({
  /** Raw predictions, from a program nobody vouches for. */
  predictions: predictionsFiles,
  /** Without it the metric's default. */
  decision: decision.optional(),
  /** A file to write: id, loss of each row. */
  perRow: z.string().optional(),
});
export type GradeRequest = z.infer<typeof gradeRequest>;

export const gradeAnswer = estimate.extend({ direction });
export type GradeAnswer = z.infer<typeof gradeAnswer>;

const GRADE: HarnessCommand<GradeRequest, GradeAnswer> = {
  name: 'grade',
  request: gradeRequest,
  answer: gradeAnswer,
  reads: ({ truth, predictions, grader }) => [truth, ...filesOf(predictions), ...graderFiles(grader)],
  writes: ({ perRow }) => [perRow === undefined ? undefined : dirname(perRow)],
};

export function grade(
  harness: Harness,
  request: GradeRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<GradeAnswer>> {
  return runHarness(harness, GRADE, request, signal);
}
