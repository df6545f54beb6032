import type { Assignment, Job } from '@modelwright/contracts';
import { expect, test } from 'vitest';
import { agentJob } from './agent-job.ts';

const tree = (name: string) =>
  ({ kind: 'tree', store: 'datasets', sha256: name.repeat(64), size: 1 }) as const;
const ASSETS: Job['assets'] = [{ name: 'words', source: { kind: 'site', path: 'words' } }];

function assigned(work: Partial<Assignment['work']>): Assignment {
  return { id: 'a', run: 'r-abc123-01', candidate: 'c1', seed: 7, work } as Assignment;
}
const wanted = {
  id: 'j',
  purpose: 'train',
  priority: 'normal',
  code: { kind: 'tree', tree: tree('a') },
  command: ['python', 'train.py'],
  data: tree('b'),
  wallSeconds: 60,
} as const;

test('a program on the data of a task gets the assets of the task', () => {
  const data = { assets: ASSETS } as never;
  expect(agentJob(assigned({ role: 'tuner', data }), 1, wanted).assets).toEqual(ASSETS);
  expect(agentJob(assigned({ role: 'tuner', data: {} as never }), 1, wanted).assets).toEqual([]);
});

test('before a task has data there are none', () => {
  expect(agentJob(assigned({ role: 'setup' }), 1, wanted).assets).toEqual([]);
});
