/** What judging predictions on hidden rows needs. */
import { metricName } from '@modelwright/contracts';
import { z } from 'zod';

/** Of a task.json, what reading predictions needs. */
export const predictedClasses = z.object({ classes: z.array(z.string()).nullable() });

export const judgeRequest = z.object({
  metric: metricName,
  task: predictedClasses,
  /** Absolute path of `truth/score.csv` or `truth/holdout.csv`. */
  truth: z.string(),
});
