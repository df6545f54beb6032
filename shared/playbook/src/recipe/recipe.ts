/** A recipe: a program `model.py`, and beside it what it suits, what it can be set to, and what is to be said of it. */
import { featureKind, taskKind } from '@modelwright/contracts';
import { z } from 'zod';
import { condition } from './condition.ts';

const settings = z.record(z.string(), z.json());
export type Settings = z.infer<typeof settings>;

/** Sentences about a candidate, those that are true of the situation; {name} stands for a fact or a setting. */
const sentences = z.array(z.strictObject({ say: z.string(), when: condition.optional() }));
export type Sentences = z.infer<typeof sentences>;

const range = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('log-uniform'),
    low: z.number().positive(),
    high: z.number().positive(),
    when: condition.optional(),
  }),
  z.strictObject({ type: z.literal('int'), low: z.int(), high: z.int(), when: condition.optional() }),
  z.strictObject({ type: z.literal('choice'), values: z.array(z.json()).min(2), when: condition.optional() }),
]);
export type Range = z.infer<typeof range>;

/** A change of more than one setting that makes a candidate of its own. */
const twist = z.strictObject({
  name: z.string(),
  /** Added to the promise of the recipe. */
  points: z.number(),
  when: condition.optional(),
  config: settings,
  say: z.string(),
});
export type Twist = z.infer<typeof twist>;

const cost = z.strictObject({
  when: condition.optional(),
  seconds: z.number().positive(),
  rows: z.int().positive(),
  columns: z.int().positive(),
  classes: z.int().positive(),
  /** How the seconds grow with the rows. */
  rows_power: z.number().positive(),
});

export const recipeFile = z.strictObject({
  version: z.literal(1),
  family: z.string(),
  title: z.string(),
  /** By which it is recognised in what others have planned, in lower case. */
  words: z.array(z.string()),
  suits: z.strictObject({
    kinds: z.array(taskKind),
    images: z.enum(['either', 'only', 'never']),
    max_rows: z.int().optional(),
    /** Labels or numbers to be predicted together. */
    max_outputs: z.int().optional(),
    /** Needs a file of one of these kinds. */
    media: z.array(featureKind).optional(),
  }),
  /** How much is to be expected: the points of all that applies are added. */
  promise: z.array(z.strictObject({ points: z.number(), when: condition.optional() })),
  plan: z.strictObject({
    summary: sentences,
    why: sentences,
    architecture: sentences,
    pipeline: sentences,
    loss: sentences,
    regularisation: sentences,
    inference_cost: sentences,
    differs: sentences,
  }),
  config: settings,
  /** Other defaults where something applies; later ones win. */
  variants: z.array(z.strictObject({ when: condition, config: settings })),
  /** What a tuner may change, the most telling first. */
  space: z.record(z.string(), range),
  twists: z.array(twist),
  /** Settings that train in a fraction of the time. */
  cheaper: settings,
  /** What five folds and the final fit took on one core, where it was measured; the last that applies counts. */
  cost: z.array(cost).min(1),
});

export type Recipe = z.infer<typeof recipeFile> & {
  /** The program. */
  readonly code: string;
};
