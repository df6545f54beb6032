/** What judging predictions on hidden rows needs. */
import { join } from 'node:path';
import { datasetTask, metricName, taskKind } from '@modelwright/contracts';
import { z } from 'zod';

/** Of a task.json, what reading predictions needs. */
export const predictedClasses = z.object({
  classes: datasetTask.shape.classes,
  /** Told by the classes when absent: with them classification, without them regression. */
  kind: taskKind.optional(),
  targets: datasetTask.shape.targets,
  labelsSeparatedBy: datasetTask.shape.labelsSeparatedBy,
  metricOptions: datasetTask.shape.metricOptions,
  /** Of the metric `custom`; all others have their own. */
  direction: datasetTask.shape.direction.optional(),
});

/** Absolute path of the folder `grader`, where a program of the task's own is the metric. */
export const graderFolder = z.string().optional();

/** The folder itself may be closed to the user that the harness runs as. */
export function graderFiles(folder: string | undefined): readonly string[] {
  return folder === undefined ? [] : ['grade.py', 'form.json'].map((name) => join(folder, name));
}

export const judgeRequest = z.object({
  metric: metricName,
  task: predictedClasses,
  /** Absolute path of `truth/score.csv` or `truth/holdout.csv`. */
  truth: z.string(),
  grader: graderFolder,
});
