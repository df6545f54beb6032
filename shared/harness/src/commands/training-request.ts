/** A training dataset, on whose rows out-of-fold predictions are judged. */
import { datasetTask, metricName } from '@modelwright/contracts';
import { z } from 'zod';
import { graderFolder } from './judge-request.ts';

export const trainingRequest = z.object({
  metric: metricName,
  /** The content of its task.json. */
  task: datasetTask,
  /** Absolute path of its train.csv. */
  train: z.string(),
  grader: graderFolder,
});
