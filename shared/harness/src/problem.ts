/** What a person or a candidate did that the harness cannot serve: where, and what to do next. */
import { z } from 'zod';

export const harnessProblem = z.object({
  /** A short word for programs, such as `missing-column`. */
  code: z.string(),
  message: z.string(),
  remedy: z.string(),
  /** Relative to the task folder, or the name of a predictions file. */
  file: z.string(),
  /** Counted from 1. */
  line: z.int().positive().optional(),
  /** Counted from 1: a character in task.yaml, a field in a CSV. */
  column: z.int().positive().optional(),
  /** The key of task.yaml, such as `data.target`. */
  key: z.string().optional(),
});
export type HarnessProblem = z.infer<typeof harnessProblem>;

export const problemList = z.object({
  problems: z.array(harnessProblem).min(1),
  warnings: z.array(harnessProblem),
});
