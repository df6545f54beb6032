/** Which files of a task folder a run needs. */
import type { Task } from '@modelwright/contracts';
import { TASK_FILE } from './task-file.ts';

export interface NeededFile {
  /** Relative to the task folder. */
  readonly path: string;
  /** The key of task.yaml that names it. */
  readonly key: string;
}

export function neededFiles(task: Task): NeededFile[] {
  const { train, test, sample_submission: sample } = task.data;
  return [
    { path: train, key: 'data.train' },
    ...(test === undefined ? [] : [{ path: test, key: 'data.test' }]),
    ...(sample === undefined ? [] : [{ path: sample, key: 'data.sample_submission' }]),
  ];
}

/** Whether what the task needs is more than the tables that it names: files of units, archives, programs. */
export function needsWholeFolder({ data, grade }: Task): boolean {
  const { layout, archives, prepare, files, tables } = data;
  const more = [archives, prepare, files, tables, grade].some((one) => one !== undefined);
  return more || layout === 'folder';
}

/** Whether a path of the folder stays out of the upload: neither needed nor the way to what is needed. */
export function isLeftOut(task: Task): (path: string) => boolean {
  const needed = [TASK_FILE, ...neededFiles(task).map((file) => file.path)];
  return (path) => !needed.some((one) => one === path || one.startsWith(`${path}/`));
}

const NO_DATA: ReadonlySet<string> = new Set(['__MACOSX', '__pycache__', 'node_modules', 'Thumbs.db']);

/** Of a folder without a task.yaml: what is hidden or no data, and the results of earlier runs, stay out of the upload. */
export function isLeftOutOfBare(path: string): boolean {
  const parts = path.split('/');
  return parts[0] === 'results' || parts.some((part) => part.startsWith('.') || NO_DATA.has(part));
}
