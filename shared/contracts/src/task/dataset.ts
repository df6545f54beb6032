/** What preparing a task leaves: datasets for candidates, sealed labels for the grader, and the data card. */
import { z } from 'zod';
import { treeRef } from '../ref.ts';
import { assetRequest } from './asset.ts';
import { direction, metricName } from './metric.ts';
import { featureKind, imageShape } from './task.ts';

/** `task.json` of every dataset folder: all that a candidate's code is told. Keys are read by Python. */
export const datasetTask = z.object({
  version: z.literal(1),
  name: z.string(),
  description: z.string(),
  id: z.string(),
  target: z.string(),
  fold: z.string(),
  kind: z.enum(['classification', 'regression']),
  /** In the order of the prediction columns; null for regression. */
  classes: z.array(z.string()).nullable(),
  metric: metricName,
  direction,
  features: z.array(z.object({ name: z.string(), kind: featureKind })),
  image: imageShape.nullable(),
  folds: z.int().positive(),
  seed: z.int().nonnegative(),
  rows: z.int().nonnegative(),
});
export type DatasetTask = z.infer<typeof datasetTask>;

export const preparedData = z.object({
  datasets: z.object({
    train: treeRef,
    /** Every labelled row, for the refit. */
    all: treeRef,
    score: treeRef,
    holdout: treeRef.nullable(),
    test: treeRef.nullable(),
  }),
  /** Hidden labels, in store `truth`: `score.csv` and `holdout.csv`. */
  truth: treeRef,
  task: datasetTask,
  rows: z.object({
    train: z.int(),
    score: z.int(),
    holdout: z.int(),
    test: z.int(),
    unlabelled: z.int(),
  }),
  /** The data card, in store `datasets`: one file `card.json`. */
  card: treeRef,
  /** How a submission is to look: `format.json` and `ids.csv`; null without a test set. */
  form: treeRef.nullable(),
  split: z.object({ by: z.string(), reason: z.string(), seed: z.int() }),
  warnings: z.array(z.string()),
  /** Given to every program of every candidate. */
  assets: z.array(assetRequest).optional(),
});
export type PreparedData = z.infer<typeof preparedData>;
