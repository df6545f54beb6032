/** A task folder as `check` and `prepare` are asked about it. */
import { task } from '@modelwright/contracts';
import { z } from 'zod';

export const taskRequest = z.object({
  /** Absolute path of the task folder. */
  folder: z.string(),
  /** The parsed task.yaml. */
  task,
  /** The folder that holds the task's programs, where `folder` is one that was made of it. */
  programs: z.string().optional(),
  /** Where its keys stand: `{"data.target": [line, column]}`, from 1. Problems are placed by it. */
  positions: z.record(z.string(), z.tuple([z.int(), z.int()])).optional(),
});
