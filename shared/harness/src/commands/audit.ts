/** Is what a candidate says of itself what comes out when the harness does it? Paths are absolute. */
import { datasetTask, metricName } from '@modelwright/contracts';
import { z } from 'zod';
import { decision } from '../answers/decision.ts';
import { type Examined, examined } from '../answers/examined.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { graderFiles, graderFolder } from './judge-request.ts';

export const auditRequest = z.object({
  metric: metricName,
  task: datasetTask,
  decision: decision.optional(),
  /** The candidate's own out-of-fold predictions. */
  oof: z.string(),
  train: z.string(),
  /** Labels of one fold, and predictions of it by a training that had none of them. */
  fold: z.object({ truth: z.string(), predictions: z.string() }).optional(),
  /** Rows with targets dealt out anew, and the out-of-fold predictions of a training on them. */
  shuffled: z.object({ train: z.string(), oof: z.string() }).optional(),
  grader: graderFolder,
});
export type AuditRequest = z.infer<typeof auditRequest>;

const AUDIT: HarnessCommand<AuditRequest, Examined> = {
  name: 'audit',
  request: auditRequest,
  answer: examined,
  reads: ({ oof, train, fold, shuffled, grader }) => [
    oof,
    train,
    fold?.truth,
    fold?.predictions,
    shuffled?.train,
    shuffled?.oof,
    ...graderFiles(grader),
  ],
  writes: () => [],
};

export function audit(
  harness: Harness,
  request: AuditRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<Examined>> {
  return runHarness(harness, AUDIT, request, signal);
}
