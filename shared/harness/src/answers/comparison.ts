import { z } from 'zod';

/** Two sets of predictions on the same rows, paired. */
export const comparison = z.object({
  /** Score of `a` minus score of `b`; means over classes are taken over those that either has. */
  difference: z.number(),
  standardError: z.number().nonnegative(),
  interval: z.tuple([z.number(), z.number()]),
  /** The difference, positive where `a` is better. */
  improvement: z.number(),
  /** What the improvement must exceed to be more than noise. */
  gate: z.number().nonnegative(),
  better: z.boolean(),
});
export type Comparison = z.infer<typeof comparison>;
