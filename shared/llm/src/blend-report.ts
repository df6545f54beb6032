/** What an aggregator is told of a blend: the answer of the tool `blend_predictions`. */
import { z } from 'zod';

const estimate = z.object({ value: z.number(), standardError: z.number() });

export const blendReport = z.object({
  /** Of the members that count; they sum to 1. */
  weights: z.record(z.string(), z.number()),
  /** Cross-fitted: no row is judged by weights that were chosen on it. */
  estimate,
  /** The best single member, chosen and judged in the same way. */
  bestSingle: estimate.extend({ name: z.string() }),
  /** Of the blend against the best single member on the same rows; `improvement` is positive where the blend is better. */
  gain: z.object({ improvement: z.number(), standardError: z.number() }),
  /** Of the members' errors, in the order of `names`. */
  correlation: z.object({ names: z.array(z.string()), matrix: z.array(z.array(z.number())) }),
});
export type BlendReport = z.infer<typeof blendReport>;
