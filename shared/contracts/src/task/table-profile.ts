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

/** What a folder holds, archives among it opened: enough to see its units, its labels, and its tables. */
export const folderProfile = z.object({
  /** Those with the most files first. The root is the empty path; one inside an archive is told by `archive`. */
  folders: z.array(
    z.object({
      path: z.string(),
      /** Directly in it. */
      files: z.int(),
      bytes: z.int(),
      endings: z.array(z.object({ ending: z.string(), files: z.int() })),
      /** Names with each run of digits as `#`, the commonest first. */
      patterns: z.array(z.object({ pattern: z.string(), files: z.int(), example: z.string() })),
      /** The archive it came out of. */
      archive: z.string().nullable(),
    }),
  ),
  /** How many folders there are, told or not. */
  width: z.int(),
  /** Folders below one whose names may be labels: how many files each holds, with those below it. */
  siblings: z.array(
    z.object({
      path: z.string(),
      folders: z.array(z.object({ name: z.string(), files: z.int() })),
      count: z.int(),
    }),
  ),
  archives: z.array(
    z.object({ path: z.string(), members: z.int(), bytes: z.int(), problem: z.string().nullable() }),
  ),
  /** Files that hold rows: their columns or keys, and their rows where they could be counted. */
  tables: z.array(
    z.object({
      path: z.string(),
      format: z.enum(['csv', 'jsonl', 'json', 'parquet']),
      columns: z.array(z.string()),
      width: z.int(),
      rows: z.int().nullable(),
      archive: z.string().nullable(),
    }),
  ),
  /** Of a sample of each folder's images. */
  images: z.array(
    z.object({
      folder: z.string(),
      looked: z.int(),
      sizes: z.array(z.object({ width: z.int(), height: z.int(), mode: z.string(), files: z.int() })),
      /** Nothing but two brightnesses, black among them: so looks a mask. */
      binary: z.boolean(),
    }),
  ),
  /** Folders or tables whose units meet: so many file stems of the one are stems of the other, or cells of its column. */
  matches: z.array(
    z.object({
      folder: z.string(),
      other: z.string(),
      column: z.string().nullable(),
      shared: z.int(),
      of: z.int(),
      /** Cells of the column name the file with its ending, or without; null for folders. */
      named: z.enum(['name', 'stem', 'path']).nullable(),
    }),
  ),
});
export type FolderProfile = z.infer<typeof folderProfile>;
