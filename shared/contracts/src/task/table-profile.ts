/** What a file of a folder holds of which nobody has said what it is for: for whoever has to state a task. */
import { z } from 'zod';

const columnPortrait = z.object({
  name: z.string(),
  /** The last of a family of columns whose names differ in numbers alone, all told in this entry. */
  through: z.string().optional(),
  /** How many the family has. */
  columns: z.int().positive().optional(),
  kind: z.enum(['numeric', 'categorical', 'date', 'text']),
  /** Share of the cells. */
  missing: z.number(),
  /** Every row has a value, and no two the same. */
  unique: z.boolean(),
  /** Null: too many to count, or a family. */
  distinct: z.int().nullable(),
  examples: z.array(z.string()),
  /** Of a column of numbers: whether all are whole, and their range. */
  whole: z.boolean().optional(),
  smallest: z.number().optional(),
  largest: z.number().optional(),
  /** The commonest first; absent where there are many. */
  levels: z.array(z.object({ value: z.string(), share: z.number() })).optional(),
});
export type ColumnPortrait = z.infer<typeof columnPortrait>;

export const tableProfile = z.object({
  file: z.string(),
  /** As task.yaml must state it; null where it need not. */
  delimiter: z.string().nullable(),
  encoding: z.string().nullable(),
  /** Of those that were looked at: all, when `complete`. */
  rows: z.int(),
  complete: z.boolean(),
  /** How many columns there are. */
  width: z.int(),
  /** Of a wide table the first and the last. */
  names: z.array(z.string()),
  columns: z.array(columnPortrait),
  against: z
    .object({
      file: z.string(),
      shared: z.int(),
      onlyHere: z.array(z.string()),
      onlyThere: z.array(z.string()),
    })
    .nullable(),
});
export type TableProfile = z.infer<typeof tableProfile>;
