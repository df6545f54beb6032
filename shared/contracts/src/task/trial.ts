/** One training of a candidate, as its tuner reports it. */
import { z } from 'zod';
import { treeRef } from '../ref.ts';
import { score } from './score.ts';
import { version } from './version.ts';

export const trial = z.object({
  job: z.string(),
  config: z.record(z.string(), z.json()),
  outcome: z.string(),
  /** Out-of-fold score computed by the harness; null where the training left none. */
  oof: score.nullable(),
  seconds: z.number().nonnegative(),
});
export type Trial = z.infer<typeof trial>;

/** A trained version: what it was trained from and what the training left. */
export const trained = z.object({
  version,
  /** Output folder of the training job: `model/`, `oof.csv`, `metrics.jsonl`. */
  output: treeRef,
  job: z.string(),
  config: z.record(z.string(), z.json()),
  oof: score,
  /** Wall clock of the training, seconds. */
  seconds: z.number().nonnegative(),
  /** What the training itself reported as its out-of-fold score: shown, never used. */
  claimed: z.number().nullable().optional(),
});
export type Trained = z.infer<typeof trained>;
