/** The budget of a run, complete: what the user did not state is filled with safe defaults. */
import { z } from 'zod';
import type { Task } from './task.ts';

export const runBudget = z.object({
  minutes: z.number().positive(),
  candidates: z.int().positive(),
  trials: z.int().positive(),
  /** Integer millionths of a US dollar. */
  microUsd: z.int().nonnegative(),
  gpuHours: z.number().nonnegative(),
  /** Input and output of all models together; null: no limit of its own. */
  tokens: z.int().positive().nullable().default(null),
  /** When the money or the tokens are used up: finish with what there is, or pause and ask. */
  onCap: z.enum(['finish', 'pause']).default('finish'),
});
export type RunBudget = z.infer<typeof runBudget>;

const DEFAULTS: RunBudget = {
  minutes: 30,
  candidates: 4,
  trials: 3,
  microUsd: 0,
  gpuHours: 0,
  tokens: null,
  onCap: 'finish',
};

/** @param task Null where a task is still to be proposed. */
export function completeBudget(task: Task | null): RunBudget {
  const stated = task?.budget ?? {};
  return {
    minutes: stated.minutes ?? DEFAULTS.minutes,
    candidates: stated.candidates ?? DEFAULTS.candidates,
    trials: stated.trials ?? DEFAULTS.trials,
    microUsd: stated.usd === undefined ? DEFAULTS.microUsd : Math.round(stated.usd * 1e6),
    gpuHours: stated.gpu_hours ?? DEFAULTS.gpuHours,
    tokens: stated.tokens ?? DEFAULTS.tokens,
    onCap: stated.on_cap ?? DEFAULTS.onCap,
  };
}
