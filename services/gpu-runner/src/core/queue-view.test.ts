import { expect, test } from 'vitest';
import { lanesOf } from './queue-lanes.ts';
import { depthKey, waitingRuns } from './queue-view.ts';

const normal = lanesOf(['gpu', 'gpu-h100'], 8).filter((lane) => lane.priority === 'normal');
const depths = (of: Record<string, number>) => new Map(Object.entries(of));

test('a run waits where more of its jobs lie than are in work anywhere', () => {
  const lying = depths({ 'gpu.normal.a': 3, 'gpu.normal.b': 2, 'gpu-h100.normal.c': 1, 'gpu.low.d': 5 });
  const inWork = [depths({ 'gpu.normal.a': 1 }), depths({ 'gpu.normal.a': 1, 'gpu.normal.b': 2 })];
  expect(waitingRuns(normal, lying, inWork)).toEqual(new Set(['a', 'c']));
});

test('a class is not taken for another one that begins with its name', () => {
  expect(waitingRuns(normal, depths({ 'gpu-h200.normal.a': 1 }), [])).toEqual(new Set());
  expect(depthKey({ class: 'gpu', priority: 'low', run: 'r' })).toBe('gpu.low.r');
});
