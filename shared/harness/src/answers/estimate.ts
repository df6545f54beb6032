import { z } from 'zod';

/** A score and how sure it is. */
export const estimate = z.object({
  score: z.number(),
  standardError: z.number().nonnegative(),
  /** 95 % bootstrap interval. */
  interval: z.tuple([z.number(), z.number()]),
  /** The score to a quarter of its standard error: all that may leave the grader during a search. */
  rounded: z.number(),
  /** Rows scored. */
  n: z.int().positive(),
});
export type Estimate = z.infer<typeof estimate>;
