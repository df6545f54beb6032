/** Is this task folder fit for a run? Lists every problem, writes nothing. */
import { direction, metricName, taskKind } from '@modelwright/contracts';
import { z } from 'zod';
import { split } from '../answers/split.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { withPreparedSource } from '../prepared-source.ts';
import { harnessProblem } from '../problem.ts';
import { taskRequest } from './task-request.ts';

export type CheckRequest = z.infer<typeof taskRequest>;

export const checkAnswer = z.object({
  kind: taskKind,
  classes: z.array(z.string()).nullable(),
  metric: metricName,
  direction,
  rows: z.object({ labelled: z.int(), unlabelled: z.int(), test: z.int() }),
  /** Sizes of the parts that `prepare` would make. */
  expected: z.object({ train: z.int(), score: z.int(), holdout: z.int() }),
  features: z.array(z.object({ name: z.string(), kind: z.string() })),
  split,
  warnings: z.array(harnessProblem),
});
export type CheckAnswer = z.infer<typeof checkAnswer>;

const CHECK: HarnessCommand<CheckRequest, CheckAnswer> = {
  name: 'check',
  request: taskRequest,
  answer: checkAnswer,
  reads: ({ folder, programs }) => [folder, programs],
  writes: () => [],
};

export function check(
  harness: Harness,
  request: CheckRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<CheckAnswer>> {
  return withPreparedSource(harness, request, (asked) => runHarness(harness, CHECK, asked, signal), signal);
}
