import { z } from 'zod';

/** How the labelled rows were divided, and what in the data spoke for it. */
export const split = z.object({
  by: z.enum(['random', 'stratified', 'group', 'time', 'leave-one-group-out']),
  /** The group or time column. */
  column: z.string().nullable(),
  /** How candidates are judged: on rows set apart, on every fold in turn, or from several moments on. */
  scoring: z.enum(['rows', 'folds', 'origins']).default('rows'),
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
