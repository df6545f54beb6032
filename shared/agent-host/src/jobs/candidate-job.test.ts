import type { Assignment, JobPurpose } from '@modelwright/contracts';
import { expect, test } from 'vitest';
import { candidateJob } from './candidate-job.ts';

const sha256 = 'a'.repeat(64);
const H100 = { model: 'H100', memoryBytes: 80 * 2 ** 30, count: 2 };
const work: unknown = { role: 'tuner', data: {} };
const rest: unknown = { id: 'a', run: 'r-abc123-01', candidate: 'c1', seed: 7, work };
const assigned = rest as Assignment;
const onFarm: Assignment = { ...assigned, hardware: { accelerators: [H100] } };

const job = (assignment: Assignment, purpose: JobPurpose, accelerators?: number) =>
  candidateJob(assignment, 1, {
    ...{ id: 'j', purpose, priority: 'normal', command: ['python', 'train.py'], wallSeconds: 60 },
    data: { kind: 'tree', store: 'datasets', sha256, size: 1 },
    version: {
      commit: 'b'.repeat(40),
      bundle: { kind: 'blob', store: 'workspaces', sha256, size: 1 },
      ...(accelerators === undefined ? {} : { accelerators }),
    },
  });

test('a training of a version that wants accelerators has them where the farm does', () => {
  expect(job(onFarm, 'train', 2)).toMatchObject({ class: 'gpu', accelerators: { count: 2 } });
  expect(job(onFarm, 'train', 2).limits.memoryBytes).toBe(32 * 2 ** 30);
  expect(job(onFarm, 'train')).toMatchObject({ class: 'cpu', accelerators: null });
  expect(job(assigned, 'train', 2)).toMatchObject({ class: 'cpu', accelerators: null });
});

test('a rehearsal starts at once, on processors', () => {
  expect(job(onFarm, 'smoke', 2)).toMatchObject({ class: 'cpu', accelerators: null });
});
