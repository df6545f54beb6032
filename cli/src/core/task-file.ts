/** Reads task.yaml: text in, a task or every fault with its line and column out. */
import { type Task, task } from '@modelwright/contracts';
import { type Positions, readYamlFile, type YamlForm } from '@modelwright/yaml-file';
import type { Problem } from './problem.ts';
import { TASK_TABLES } from './task-keys.ts';

export const TASK_FILE = 'task.yaml';

export type TaskReading =
  | { readonly kind: 'read'; readonly task: Task; readonly positions: Positions }
  | { readonly kind: 'faulty'; readonly problems: readonly Problem[] };

export function readTask(bytes: Uint8Array): TaskReading {
  const reading = readYamlFile(bytes, FORM);
  return reading.kind === 'read'
    ? { kind: 'read', task: reading.value, positions: reading.positions }
    : { kind: 'faulty', problems: reading.faults };
}

const FORM: YamlForm<Task> = {
  file: TASK_FILE,
  schema: task,
  tables: TASK_TABLES,
  beginning: 'Start with "version: 1", then name, description, data and metric.',
  examples: {
    version: 'version: 1',
    name: 'name: digits',
    description: 'description: Recognise the digit',
    data: 'data: {layout: table, train: train.csv, target: <column>}',
    'data.layout': 'layout: table (or pixels) under data',
    'data.train': 'train: train.csv under data',
    'data.target': 'target: <column> under data',
    'data.image': 'image: {height: 8, width: 8, channels: 1} under data',
    metric: 'metric: accuracy',
    'split.by': 'by: random (or stratified, group, time) under split',
    'budget.minutes': 'minutes: 10',
    'budget.candidates': 'candidates: 5',
    'budget.trials': 'trials: 3',
  },
};
