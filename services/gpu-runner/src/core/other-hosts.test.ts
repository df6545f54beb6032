import type { Accelerator, Job, Worker } from '@modelwright/contracts';
import { expect, test } from 'vitest';
import { sampleJob, sampleWorker } from '../testing/samples.ts';
import { hostThatCould, hostWithRoom } from './other-hosts.ts';

const NOW = 100_000;
const GIB = 2 ** 30;

const gpu = (change: Partial<Accelerator> = {}): Accelerator => ({
  ...{ uuid: 'GPU-1', index: 0, vendor: 'nvidia', model: 'H100', memoryBytes: 80 * GIB, driver: '550' },
  ...{ parent: null, state: 'free', reason: '', jobs: [] },
  ...change,
});

function host(accelerators: Accelerator[], runner = {}, change: Partial<Worker> = {}): Worker {
  return sampleWorker({
    name: 'west',
    beatAt: NOW - 4000,
    runner: {
      ...{ classes: ['cpu', 'gpu'], slots: 2, busy: 0, jobs: [], isolation: 'contained' },
      ...{ isolationNotes: [], accelerators },
      ...runner,
    },
    ...change,
  });
}

const wanting = (count: number, memoryBytes: number | null = null): Job =>
  sampleJob({ class: 'gpu', accelerators: { count, memoryBytes, shared: false } });

test('a host has room when as many are free as the job asks for, and large enough', () => {
  const two = host([gpu(), gpu(), gpu({ state: 'busy' })]);
  expect(hostWithRoom(wanting(2), [two], NOW)).toBe('west');
  expect(hostWithRoom(wanting(3), [two], NOW)).toBeNull();
  expect(hostThatCould(wanting(3), [two], NOW)).toBe('west');
  expect(hostThatCould(wanting(1, 81 * GIB), [two], NOW)).toBeNull();
  expect(hostThatCould(wanting(2), [host([gpu(), gpu({ state: 'quarantined' })])], NOW)).toBeNull();
});

test('several accelerators are never slices', () => {
  const slices = host([gpu({ parent: 'GPU-0' }), gpu({ parent: 'GPU-0' })]);
  expect(hostThatCould(wanting(1), [slices], NOW)).toBe('west');
  expect(hostThatCould(wanting(2), [slices], NOW)).toBeNull();
});

test.each([
  ['is silent', host([gpu()], {}, { beatAt: NOW - 16_000 })],
  ['leaves', host([gpu()], {}, { state: 'draining' })],
  ['is drained', host([gpu()], { drained: 'the runner is drained' })],
  ['does not take the class', host([gpu()], { classes: ['cpu'] })],
])('a host that %s is not counted on', (_, other) => {
  expect(hostWithRoom(wanting(1), [other], NOW)).toBeNull();
  expect(hostThatCould(wanting(1), [other], NOW)).toBeNull();
});

test('what is free on a host where somebody is first in line is not room', () => {
  const reserved = host([gpu()], { reservedFor: 'job-7' });
  expect(hostWithRoom(wanting(1), [reserved], NOW)).toBeNull();
  expect(hostThatCould(wanting(1), [reserved], NOW)).toBe('west');
});
