/** What setup may state of a task. What the user alone decides (budget, constraints, seed) is left out. */
import type { z } from 'zod';
import { type Task, task } from './task.ts';

export const taskProposal = task.omit({ version: true, budget: true, constraints: true, seed: true });
export type TaskProposal = z.infer<typeof taskProposal>;

export function asTask(proposal: TaskProposal): Task {
  return { version: 1, ...proposal };
}
