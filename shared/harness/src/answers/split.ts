import { z } from 'zod';

/** How the labelled rows were divided, and what in the data spoke for it. */
export const split = z.object({
  by: z.enum(['random', 'stratified', 'group', 'time']),
  /** The group or time column. */
  column: z.string().nullable(),
  evidence: z.array(
    z.object({
      rule: z.string(),
      finding: z.string(),
      /** The split is as it is because of this. */
      decides: z.boolean(),
      column: z.string().optional(),
    }),
  ),
});
export type Split = z.infer<typeof split>;
