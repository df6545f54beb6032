import { z } from 'zod';

/** How raw predictions become answers: the content of `decision.json`, applied by `decision.py`. */
export const decision = z.object({
  kind: z.enum([
    'probabilities',
    'argmax',
    'threshold',
    'thresholds',
    'weights',
    'expected',
    'identity',
    'clip',
  ]),
  parameters: z.record(z.string(), z.json()),
});
export type Decision = z.infer<typeof decision>;
