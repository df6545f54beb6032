/** The keys task.yaml knows, table by table, as the schema states them. */
import { dataLayout, imageShape, splitRule, task, taskBudget, taskConstraints } from '@modelwright/contracts';
import type { Tables } from '@modelwright/yaml-file';

export const TASK_TABLES: Tables = {
  '': Object.keys(task.shape),
  data: Object.keys(dataLayout.shape),
  'data.image': Object.keys(imageShape.shape),
  split: Object.keys(splitRule.shape),
  budget: Object.keys(taskBudget.shape),
  constraints: Object.keys(taskConstraints.shape),
};

/** Every key, dotted, in the order of the schema. */
export function knownKeys(): string[] {
  return Object.entries(TASK_TABLES).flatMap(([table, keys]) =>
    keys.map((key) => (table === '' ? key : `${table}.${key}`)),
  );
}
