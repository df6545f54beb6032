/** Raw predictions as files: one, or one for each round in which a candidate was trained anew. */
import { z } from 'zod';

export const predictionsFiles = z.union([z.string(), z.array(z.string()).min(1)]);
export type PredictionsFiles = z.infer<typeof predictionsFiles>;

export function filesOf(predictions: PredictionsFiles): readonly string[] {
  return typeof predictions === 'string' ? [predictions] : predictions;
}
