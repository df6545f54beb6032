/**
 * From a task folder to everything a run works on, below `out`:
 *
 *     datasets/{train,all}/{task.json,train.csv}           id, features, target, fold
 *     datasets/{score,holdout,test}/{task.json,test.csv}   id, features; `test` with a test file only
 *     rounds/<n>/train, rounds/<n>/score                   where candidates are trained once for each of several scores
 *     audit/train, audit/score                             the training rows without one fold, and that fold
 *     shuffled, probe, unlabelled                          controls, and rows without a label where they may be used
 *     truth/{score,holdout,audit,probe}.csv                id, targets[, unit][, round | of]: for the grader alone
 *     submission/{format.json,ids.csv}                     with a test file only
 *     grader/{grade.py,form.json}                          the task's own program, proved
 *     card.json
 */
import { mkdir } from 'node:fs/promises';
import { direction, finding, metricName, taskKind } from '@modelwright/contracts';
import { z } from 'zod';
import { estimate } from '../answers/estimate.ts';
import { split } from '../answers/split.ts';
import { type Harness, type HarnessCommand, runHarness } from '../harness.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { withPreparedSource } from '../prepared-source.ts';
import { harnessProblem } from '../problem.ts';
import { taskRequest } from './task-request.ts';

export const prepareRequest = taskRequest.extend({
  /** A folder that is empty or does not exist yet. */
  out: z.string(),
  /** Kept from candidates: who knows it can undo the shuffling. */
  seed: z.union([z.string().min(1), z.int()]),
});
export type PrepareRequest = z.infer<typeof prepareRequest>;

/** Folders below `out`. */
const roundFolders = z.object({ train: z.string(), score: z.string() });
const folder = z.string().nullable().default(null);

export const prepareAnswer = z.object({
  kind: taskKind,
  classes: z.array(z.string()).nullable(),
  metric: metricName,
  direction,
  rows: z.object({
    labelled: z.int(),
    unlabelled: z.int(),
    train: z.int(),
    score: z.int(),
    holdout: z.int(),
    test: z.int(),
  }),
  /** What predicting without any feature scores, cross-validated on the training rows. */
  baseline: estimate.extend({ predicts: z.string() }),
  split: split.extend({ folds: z.int(), validation: z.string(), sizes: z.string() }),
  rounds: z.array(roundFolders).default([]),
  audit: roundFolders.extend({ fold: z.int().nonnegative() }).nullable().default(null),
  shuffled: folder,
  probe: folder,
  unlabelled: folder,
  /** Relative to `out`. */
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string() })),
  warnings: z.array(harnessProblem),
  /** What the checks of the prepared data found, the gravest first. */
  findings: z.array(finding).default([]),
});
export type PrepareAnswer = z.infer<typeof prepareAnswer>;

const PREPARE: HarnessCommand<PrepareRequest, PrepareAnswer> = {
  name: 'prepare',
  request: prepareRequest,
  answer: prepareAnswer,
  reads: ({ folder, programs }) => [folder, programs],
  writes: ({ out }) => [out],
};

export async function prepare(
  harness: Harness,
  request: PrepareRequest,
  signal?: AbortSignal,
): Promise<HarnessOutcome<PrepareAnswer>> {
  await mkdir(request.out, { recursive: true });
  const run = (asked: PrepareRequest) => runHarness(harness, PREPARE, asked, signal);
  return await withPreparedSource(harness, request, run, signal);
}
