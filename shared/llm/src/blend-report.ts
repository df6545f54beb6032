/** What an aggregator is told of a blend: the answer of the tool `blend_predictions`. */
import { z } from 'zod';

const estimate = z.object({ value: z.number(), standardError: z.number() });

export const blendReport = z.object({
  /** Of the members that count; they sum to 1. */
  weights: z.record(z.string(), z.number()),
  /** Of the blend, cross-fitted: no row is judged by weights that were chosen on it. */
  estimate,
  /** The best single member over all rows, and the out-of-fold score of its training. */
  bestSingle: z.object({ name: z.string(), oof: z.number() }),
  /** What choosing one single member has brought, cross-fitted as the blend is: in each fold the best of the others. */
  chosenPerFold: estimate,
  /**
   * Of the blend against `chosenPerFold` on the same rows; `improvement` is positive where the blend is better. `better`
   * says whether it exceeds `gate`, what chance alone would bring once in twenty times: as the score is judged.
   */
  gain: z.object({
    improvement: z.number(),
    standardError: z.number(),
    gate: z.number(),
    better: z.boolean(),
  }),
  /** Of the members' errors, in the order of `names`. */
  correlation: z.object({ names: z.array(z.string()), matrix: z.array(z.array(z.number())) }),
});
export type BlendReport = z.infer<typeof blendReport>;
