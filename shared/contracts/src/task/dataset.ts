/** What preparing a task leaves: datasets for candidates, sealed labels for the grader, and the data card. */
import { z } from 'zod';
import { treeRef } from '../ref.ts';
import { assetRequest } from './asset.ts';
import { finding } from './finding.ts';
import { taskKind } from './kind.ts';
import { direction, metricName, metricOptions } from './metric.ts';
import { featureKind, imageShape } from './task.ts';

/** `task.json` of every dataset folder: all that a candidate's code is told. Keys are read by Python. */
export const datasetTask = z.object({
  version: z.literal(1),
  name: z.string(),
  description: z.string(),
  id: z.string(),
  target: z.string(),
  fold: z.string(),
  kind: taskKind,
  /** Columns of the labels, where they are several; else absent and `target` is the one. */
  targets: z.array(z.string()).optional(),
  /** Where several labels stand in the cell of `target`: what separates them, a blank when absent. */
  labelsSeparatedBy: z.string().optional(),
  /** Classes or labels in the order of the prediction columns; null where there are none. */
  classes: z.array(z.string()).nullable(),
  metric: metricName,
  metricOptions: metricOptions.optional(),
  direction,
  /** A feature that is a file holds its path below the dataset's folder. */
  features: z.array(z.object({ name: z.string(), kind: featureKind })),
  /** Further tables: `tables/<name>.csv`, whose column `key` holds ids of units. */
  tables: z
    .array(
      z.object({
        name: z.string(),
        key: z.string(),
        columns: z.array(z.object({ name: z.string(), kind: featureKind })),
      }),
    )
    .optional(),
  /** Columns only training rows have: to learn from beside the target, never there to predict with. */
  auxiliary: z.array(z.string()).optional(),
  image: imageShape.nullable(),
  folds: z.int().positive(),
  seed: z.int().nonnegative(),
  rows: z.int().nonnegative(),
});
export type DatasetTask = z.infer<typeof datasetTask>;

/** One training without the labels it is judged on, and the inputs it is judged on. */
export const round = z.object({ train: treeRef, score: treeRef });
export type Round = z.infer<typeof round>;

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
  /** Where candidates are scored fold by fold or from several moments on: `train.py` runs once for each, and `truth` has all their rows as `score.csv`. */
  rounds: z.array(round).optional(),
  /** A training without one of the folds, and that fold's inputs: whether out-of-fold predictions are what they claim. */
  audit: round.extend({ fold: z.int().nonnegative() }).optional(),
  /** The training rows with targets dealt out anew: nothing can be learned from them. */
  shuffled: treeRef.optional(),
  /** Some of the score inputs under other ids and in another order: predictions must not depend on the company of a row. */
  probe: treeRef.optional(),
  /** Test rows and rows without a label, where the task allows what is transductive; no training gets them so far. */
  unlabelled: treeRef.nullable().optional(),
  /** What the checks of the data found. */
  findings: z.array(finding).optional(),
  /** The program that scores, frozen, in store `truth`. */
  grader: treeRef.optional(),
  /** The same in store `datasets`: out-of-fold predictions are scored by those who may not read `truth`. */
  oofGrader: treeRef.optional(),
  /** Given to every program of every candidate. */
  assets: z.array(assetRequest).optional(),
});
export type PreparedData = z.infer<typeof preparedData>;
