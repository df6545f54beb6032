import { expect, test } from 'vitest';
import { classesOf, classOfModel } from './job-classes.ts';

test.each([
  ['NVIDIA H100 80GB HBM3', 'gpu-h100'],
  ['NVIDIA A100-SXM4-80GB', 'gpu-a100'],
  ['NVIDIA GeForce RTX 4090', 'gpu-rtx4090'],
  ['NVIDIA L40S', 'gpu-l40s'],
  ['Tesla T4', 'gpu-t4'],
  ['AMD Instinct MI300X', 'gpu-mi300x'],
  ['NVIDIA Graphics Device', null],
])('%s is of class %s', (model, klass) => {
  expect(classOfModel(model)).toBe(klass);
});

test('a runner takes what its accelerators are good for, and a slice is not the whole', () => {
  const whole = { model: 'NVIDIA H100 80GB HBM3', parent: null };
  expect(classesOf([])).toEqual(['cpu']);
  expect(classesOf([whole, whole])).toEqual(['cpu', 'gpu', 'gpu-h100']);
  expect(classesOf([{ ...whole, parent: 'GPU-1' }])).toEqual(['cpu', 'gpu']);
});
