/** A training table for a task: what is predicted depends on the first features, and the second has gaps. */
import type { DatasetTask } from '@modelwright/contracts';
import { type Draw, drawing } from '../draw.ts';

export function datasetText(task: DatasetTask): string {
  const draw = drawing(1, task.name);
  const header = [task.id, ...task.features.map(({ name }) => name), task.target, task.fold].join(',');
  const rows = Array.from({ length: task.rows }, (_, row) => rowOf(task, row, draw).join(','));
  return [header, ...rows, ''].join('\n');
}

function rowOf(task: DatasetTask, row: number, draw: Draw): (string | number)[] {
  const cells = task.features.map(() => Math.round(draw() * 100));
  const sum = (cells[0] ?? 0) + (cells[2] ?? 0) / 2 + draw() * 30;
  const shown = cells.map((cell, place) => (place === 1 && row % 5 === 0 ? '' : cell));
  const target = task.classes === null ? sum : (task.classes[sum > 90 ? 1 : 0] ?? '');
  return [`r${row}`, ...shown, target, Math.floor(row / 2) % task.folds];
}
