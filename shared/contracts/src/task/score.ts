/** A score as the harness states it. */
import { z } from 'zod';

export const score = z.object({
  /** On the score split rounded to a quarter of its standard error: no more leaves the grader during a search. */
  value: z.number(),
  standardError: z.number().nonnegative(),
  /** 95 % bootstrap interval. */
  interval: z.tuple([z.number(), z.number()]),
  rows: z.int().nonnegative(),
});
export type Score = z.infer<typeof score>;
