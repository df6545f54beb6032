/** Where a candidate is wrong, from its out-of-fold predictions alone. */
import { z } from 'zod';

const quantiles = z.object({
  min: z.number(),
  q05: z.number(),
  q25: z.number(),
  median: z.number(),
  q75: z.number(),
  q95: z.number(),
  max: z.number(),
});

export const diagnosis = z.object({
  confusion: z
    .object({
      pairs: z.array(
        z.object({
          truth: z.string(),
          predicted: z.string(),
          rows: z.int(),
          shareOfClass: z.number(),
        }),
      ),
      worstClasses: z.array(
        z.object({ class: z.string(), rows: z.int(), recall: z.number(), precision: z.number() }),
      ),
    })
    .optional(),
  calibration: z
    .object({
      /** Expected calibration error of the most probable class. */
      error: z.number(),
      /** Mean probability of the most probable class minus the share of times it was right. */
      overconfidence: z.number(),
      bins: z.array(z.object({ said: z.number(), was: z.number(), rows: z.int() })),
    })
    .optional(),
  residuals: z
    .object({
      /** Mean of prediction − truth. */
      bias: z.number(),
      quantiles,
      /** By fifths of the truth. */
      byTruth: z.array(
        z.object({
          from: z.number(),
          to: z.number(),
          rows: z.int(),
          bias: z.number(),
          meanAbsolute: z.number(),
        }),
      ),
    })
    .optional(),
  /**
   * Parts of the data on which the mean loss is at least three standard errors above all rows': by
   * a feature, or by a fold where folds are stretches of time.
   */
  slices: z.array(
    z.object({
      feature: z.string(),
      slice: z.string(),
      rows: z.int(),
      loss: z.number(),
      overall: z.number(),
      standardErrors: z.number(),
    }),
  ),
  /** The units with the largest losses. Labels and predictions where each is one class or number. */
  worst: z
    .array(
      z.object({
        id: z.string(),
        loss: z.number(),
        truth: z.string().optional(),
        predicted: z.string().optional(),
        probability: z.number().optional(),
      }),
    )
    .optional(),
  /** Slices on which the mean residual is at least three standard errors off that of all rows. */
  biased: z
    .array(
      z.object({
        feature: z.string(),
        slice: z.string(),
        rows: z.int(),
        bias: z.number(),
        overall: z.number(),
        standardErrors: z.number(),
      }),
    )
    .optional(),
  /** From here on: what the training reported of itself. It explains, and decides nothing. */
  gap: z
    .object({
      train: z.number(),
      validation: z.number(),
      /** How much better it is on rows that it was trained on. */
      excess: z.number(),
    })
    .optional(),
  curves: z
    .array(
      z.object({
        name: z.string(),
        steps: z.int(),
        verdict: z.enum(['still improving', 'flat', 'worsening', 'diverged']),
        best: z.number().optional(),
        bestStep: z.int().optional(),
      }),
    )
    .optional(),
  runtime: z
    .object({
      /** From the first report to the last. */
      seconds: z.number(),
      /** Sums of what was reported under names that end in `seconds`. */
      parts: z.record(z.string(), z.number()),
    })
    .optional(),
});
export type Diagnosis = z.infer<typeof diagnosis>;
