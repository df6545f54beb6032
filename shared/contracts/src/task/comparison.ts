/** Two candidates on the same rows, as the grader lets it be known. */
import { z } from 'zod';

export const comparison = z.object({
  against: z.string(),
  /** Score of the one less that of the other, rounded as scores are. */
  difference: z.number(),
  standardError: z.number(),
  /** Better past noise: the improvement exceeds the gate. */
  better: z.boolean(),
  /** What the improvement had to exceed, and how many questions it had been raised for. */
  gate: z.number().optional(),
  queries: z.int().positive().optional(),
});
export type Comparison = z.infer<typeof comparison>;
