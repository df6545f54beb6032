/** The task a user states in `task.yaml`: what to predict, from which files, judged how, at what cost. */
import { z } from 'zod';
import { id } from '../ids.ts';
import { relativePath } from '../ref.ts';
import { assetRequest } from './asset.ts';
import { taskKind } from './kind.ts';
import { direction, metricOptions, statedMetric } from './metric.ts';

const column = z.string().min(1);

export const featureKind = z.enum(['numeric', 'categorical', 'date', 'text', 'image', 'audio', 'file']);
export type FeatureKind = z.infer<typeof featureKind>;

export const imageShape = z.strictObject({
  height: z.int().positive().max(4096),
  width: z.int().positive().max(4096),
  channels: z.int().positive().max(16),
});

/** A file of each unit. `{column}` in a path stands for the cell of that column; a target may be such a column. */
export const fileColumn = z.strictObject({
  path: z.string().min(1).max(1024),
  /** The same for test units, where it differs. */
  test: z.string().min(1).max(1024).optional(),
  /** Text becomes the cell itself; a mask is an image of which every pixel that is not black belongs to it. */
  media: z.enum(['image', 'audio', 'text', 'file', 'mask']),
});
export type FileColumn = z.infer<typeof fileColumn>;

/** A further table: the rows whose `key` is the unit's `of` belong to it. Candidates get it beside the units. */
export const sideTable = z.strictObject({
  train: relativePath,
  /** Rows of test units, where they are in a file of their own. */
  test: relativePath.optional(),
  key: column,
  /** Column of the units; their id when absent. */
  of: column.optional(),
});
export type SideTable = z.infer<typeof sideTable>;

/** Where the label of a file stands, for the layout `folder`. */
export const folderLabel = z.discriminatedUnion('from', [
  /** The folder it lies in. */
  z.strictObject({ from: z.literal('folder') }),
  /** A regular expression with a group named `target`, on the path below the folder. */
  z.strictObject({ from: z.literal('name'), pattern: z.string().min(1).max(500) }),
  /** A file of its own: `{stem}` stands for the unit's name without its ending. */
  z.strictObject({
    from: z.literal('file'),
    path: z.string().min(1).max(1024),
    media: z.enum(['mask', 'text']),
  }),
]);

export const dataLayout = z
  .strictObject({
    /**
     * What one unit is: a row of a table; a row of pixels, row-major; a file of a folder; or all rows of a long table that
     * share `unit`.
     */
    layout: z.enum(['table', 'pixels', 'folder', 'long']),
    /** Unpacked before anything else, each into the folder it lies in. */
    archives: z.array(relativePath).max(100).optional(),
    /** A program of the task folder that makes another folder of it, which all other keys then describe. */
    prepare: relativePath.optional(),
    /** A table (CSV, TSV, JSON lines, JSON, Parquet), or a folder. */
    train: relativePath,
    test: relativePath.optional(),
    sample_submission: relativePath.optional(),
    /** Without it rows are numbered. */
    id: column.optional(),
    /** One column, or several to be predicted together. */
    target: z.union([column, z.array(column).min(1).max(2000)]),
    /** Where several labels stand in one cell: what separates them. */
    labels_separated_by: z.string().min(1).max(5).optional(),
    image: imageShape.optional(),
    /** Layout `folder`. */
    media: z.enum(['image', 'audio', 'text', 'file']).optional(),
    label: folderLabel.optional(),
    /** Layout `long`: the column that says which rows are one unit, and the one that orders them. */
    unit: column.optional(),
    order: column.optional(),
    files: z.record(column, fileColumn).optional(),
    tables: z.record(id, sideTable).optional(),
    delimiter: z.string().length(1).optional(),
    encoding: z.string().optional(),
    ignore: z.array(column).optional(),
    kinds: z.record(column, featureKind).optional(),
    kind: taskKind.optional(),
  })
  .refine((data) => data.layout !== 'pixels' || data.image !== undefined, {
    message: 'layout "pixels" needs image: {height, width, channels}',
    path: ['image'],
  })
  .refine((data) => data.layout !== 'folder' || (data.media !== undefined && data.label !== undefined), {
    message: 'layout "folder" needs media: <what the files are> and label: {from: folder | name | file}',
    path: ['label'],
  })
  .refine((data) => data.layout !== 'long' || data.unit !== undefined, {
    message: 'layout "long" needs unit: <column>',
    path: ['unit'],
  });

export const splitRule = z
  .strictObject({
    by: z.enum(['random', 'stratified', 'group', 'time', 'leave-one-group-out']).optional(),
    group: column.optional(),
    time: column.optional(),
    /** How candidates are scored: on rows set apart, on every fold in turn, or from several moments on. */
    scoring: z.enum(['rows', 'folds', 'origins']).optional(),
    folds: z.int().min(2).max(20).optional(),
    origins: z.int().min(1).max(20).optional(),
    /** How far the rows to predict reach, and how long after the last known one they begin: in the unit of `time`, days for dates. */
    horizon: z.number().positive().optional(),
    gap: z.number().nonnegative().optional(),
  })
  .refine((split) => !needsGroup(split.by) || split.group !== undefined, {
    message: 'split by group needs group: <column>',
    path: ['group'],
  })
  .refine((split) => split.by !== 'time' || split.time !== undefined, {
    message: 'split by time needs time: <column>',
    path: ['time'],
  });

function needsGroup(by: string | undefined): boolean {
  return by === 'group' || by === 'leave-one-group-out';
}

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
  /** Allowed: answers may depend on the other rows to predict. Unlabelled rows are prepared then, and trainings do not get them. */
  transductive: z.enum(['allowed', 'forbidden']).optional(),
  max_model_mb: z.number().positive().optional(),
  /** Of predicting one row, measured where the rows to score are predicted, without the start of the program. */
  max_latency_ms: z.number().positive().optional(),
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
  metric: statedMetric,
  /** Parameters of the metric, such as `beta`, `k`, `weights: <column>`, `group: <column>`. */
  metric_options: metricOptions.optional(),
  /** A program of the task folder that scores, for the metric `custom`. */
  grade: z.strictObject({ program: relativePath, direction }).optional(),
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
