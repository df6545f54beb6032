/** The task a user states in `task.yaml`: what to predict, from which files, judged how, at what cost. */
import { z } from 'zod';
import { relativePath } from '../ref.ts';
import { assetRequest } from './asset.ts';
import { metricName } from './metric.ts';

const column = z.string().min(1);

export const featureKind = z.enum(['numeric', 'categorical', 'date', 'text']);
export type FeatureKind = z.infer<typeof featureKind>;

export const imageShape = z.strictObject({
  height: z.int().positive().max(4096),
  width: z.int().positive().max(4096),
  channels: z.int().positive().max(16),
});

export const dataLayout = z
  .strictObject({
    /** `pixels` is a table whose features are the pixels of one image a row, row-major. */
    layout: z.enum(['table', 'pixels']),
    train: relativePath,
    test: relativePath.optional(),
    sample_submission: relativePath.optional(),
    /** Without it rows are numbered. */
    id: column.optional(),
    target: column,
    image: imageShape.optional(),
    delimiter: z.string().length(1).optional(),
    encoding: z.string().optional(),
    ignore: z.array(column).optional(),
    kinds: z.record(column, featureKind).optional(),
    kind: z.enum(['classification', 'regression']).optional(),
  })
  .refine((data) => data.layout !== 'pixels' || data.image !== undefined, {
    message: 'layout "pixels" needs image: {height, width, channels}',
    path: ['image'],
  });

export const splitRule = z
  .strictObject({
    by: z.enum(['random', 'stratified', 'group', 'time']),
    group: column.optional(),
    time: column.optional(),
  })
  .refine((split) => split.by !== 'group' || split.group !== undefined, {
    message: 'split by group needs group: <column>',
    path: ['group'],
  })
  .refine((split) => split.by !== 'time' || split.time !== undefined, {
    message: 'split by time needs time: <column>',
    path: ['time'],
  });

export const taskBudget = z.strictObject({
  /** Wall clock of the whole run, in minutes. */
  minutes: z
    .number()
    .positive()
    .max(60 * 24 * 30)
    .optional(),
  /** Candidates besides the floor. */
  candidates: z.int().positive().max(100).optional(),
  /** Trainings per candidate. */
  trials: z.int().positive().max(1000).optional(),
  usd: z.number().nonnegative().optional(),
  gpu_hours: z.number().nonnegative().optional(),
  /** Input and output of all language models together. */
  tokens: z.int().positive().optional(),
  /** When money or tokens are used up. */
  on_cap: z.enum(['finish', 'pause']).optional(),
});

export const webAccess = z.enum(['off', 'docs', 'open']);
export type WebAccess = z.infer<typeof webAccess>;

export const taskConstraints = z.strictObject({
  /** On what the delivered model is trained: all labelled rows, the training rows, or not again at all. */
  refit: z.enum(['all', 'train', 'none']).optional(),
  transductive: z.enum(['allowed', 'forbidden']).optional(),
  max_model_mb: z.number().positive().optional(),
  packages: z.array(z.string().min(1)).optional(),
  /** What agents may look up: nothing, pages of documentation, or any public page. */
  web: webAccess.optional(),
  /** Files beyond the data that candidates may use, such as pretrained weights. */
  assets: z.array(assetRequest).max(20).optional(),
});

export const task = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100),
  description: z.string().min(1).max(100_000),
  data: dataLayout,
  metric: metricName,
  split: splitRule.optional(),
  budget: taskBudget.optional(),
  constraints: taskConstraints.optional(),
  /** Everything drawn at random in the run is derived from it; drawn itself when absent. */
  seed: z
    .int()
    .nonnegative()
    .max(2 ** 31 - 1)
    .optional(),
});
export type Task = z.infer<typeof task>;
