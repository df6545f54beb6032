import type { Accelerator, Worker } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { namedAccelerator, namedNode } from './named.ts';
import { type NodeView, nodesOf } from './node.ts';
import { nodesLines } from './nodes-text.ts';
import { type QueuedJob, waitingJobs, whyItWaits } from './waiting.ts';

const GiB = 2 ** 30;
const NOW = 10_000_000;
const gpu = (index: number, change: Partial<Accelerator> = {}): Accelerator => ({
  uuid: `GPU-aa0${index}`,
  index,
  vendor: 'nvidia',
  model: 'NVIDIA H100 80GB HBM3',
  memoryBytes: 80 * GiB,
  driver: '550.54.15',
  parent: null,
  state: 'free',
  reason: '',
  jobs: [],
  ...change,
});

type Runner = NonNullable<Worker['runner']>;
const worker = (name: string, runner: Partial<Runner> = {}, change: Partial<Worker> = {}): Worker => ({
  service: 'gpu-runner',
  name,
  process: 'p',
  host: `host-${name}`,
  pid: 1,
  startedAt: NOW - 60_000,
  beatAt: NOW - 1000,
  state: 'ready',
  version: '0.1.0',
  runner: {
    ...{ classes: ['cpu', 'gpu'], slots: 2, busy: 0, jobs: [], isolation: 'contained', isolationNotes: [] },
    ...runner,
  },
  ...change,
});
const nodes = (...workers: Worker[]): NodeView[] => nodesOf(workers, NOW);
const wants = (count: number, change: Partial<QueuedJob> = {}): QueuedJob => ({
  id: 'r_c1_train_9',
  class: 'gpu',
  priority: 'normal',
  accelerators: { count, memoryBytes: null, shared: false },
  ...change,
});

describe('the hosts', () => {
  it('are those whose runner is heard of, in order, each in its state', () => {
    const all = nodes(
      worker('d', {}, { state: 'gone' }),
      worker('c', {}, { beatAt: NOW - 30_000 }),
      worker('b', { drained: 'the runner is drained: new driver' }),
      worker('a'),
      worker('e', {}, { state: 'draining' }),
      { ...worker('coder'), runner: null },
    );
    expect(all.map((node) => [node.name, node.state])).toEqual([
      ['a', 'ready'],
      ['b', 'drained'],
      ['c', 'silent'],
      ['e', 'leaving'],
    ]);
  });

  it('show what runs on which GPU, what is broken, and what to do about it', () => {
    const sick = gpu(1, { state: 'quarantined', reason: 'the kernel reported Xid 79: \u001b[31mgone' });
    const away = gpu(2, { state: 'quarantined', reason: 'for now: nvidia-smi does not answer' });
    const busy = gpu(0, { state: 'busy', jobs: ['r_c1_train_1'] });
    const one = worker('a', { jobs: ['r_c1_train_1', 'r_c2_smoke_1'], accelerators: [busy, sick, away] });
    const lines = nodesLines(nodes(one), [], NOW);
    expect(lines[1]).toMatch(/^a +host-a +ready +1 min 00 s +0\/2 +1\/3 +cpu gpu +process, contained$/);
    expect(lines.join('\n')).toContain('0  NVIDIA H100 80GB HBM3  80 GiB  busy         r_c1_train_1\n');
    expect(lines.join('\n')).toContain('quarantined  the kernel reported Xid 79: gone\n');
    expect(lines.filter((line) => line.includes('nodes release'))).toEqual([
      '  When GPU 1 is mended: modelwright nodes release GPU-aa01',
    ]);
    expect(lines.at(-1)).toBe('  on processors: r_c2_smoke_1');
  });

  it('show what waits, for how long and why', () => {
    const waiting = waitingJobs([{ job: wants(2), since: NOW - 5000 }], nodes(worker('a')));
    expect(nodesLines(nodes(worker('a')), waiting, NOW).at(-1)).toBe(
      'r_c1_train_9  gpu    normal    2 GPUs    5 s  no host has 2 GPUs',
    );
  });
});

describe('why a job waits', () => {
  it('is not asked of a job that a runner has in hand', () => {
    const queued = [{ job: wants(1), since: 0 }];
    expect(waitingJobs(queued, nodes(worker('a', { jobs: ['r_c1_train_9'] })))).toEqual([]);
  });

  it.each<[string, QueuedJob, Partial<Runner>, string]>([
    [
      'a runner has looked',
      wants(1),
      { waiting: [{ job: 'r_c1_train_9', reason: 'first in line' }] },
      'a: first in line',
    ],
    ['nobody takes its class', wants(1, { class: 'gpu-h200' }), {}, 'no runner takes class gpu-h200'],
    ['all are drained', wants(1), { drained: 'x' }, 'every runner of class gpu is drained'],
    ['nobody has so many', wants(2), { accelerators: [gpu(0)] }, 'no host has 2 GPUs'],
    [
      'none is so large',
      wants(1, { accelerators: { count: 1, memoryBytes: 90 * GiB, shared: false } }),
      { accelerators: [gpu(0)] },
      'no host has 1 GPU with 90 GiB',
    ],
    ['too few are free', wants(2), { accelerators: [gpu(0), gpu(1, { state: 'busy' })] }, 'a: 1 of 2 free'],
    [
      'another is before it',
      wants(1),
      { accelerators: [gpu(0)], reservedFor: 'r_c1_train_8' },
      'a: 1 of 1 free, kept for r_c1_train_8',
    ],
    [
      'nothing is in its way',
      wants(1),
      { accelerators: [gpu(0)] },
      'it has just come, or others of its run come before it',
    ],
    [
      'all slots are busy',
      wants(1, { accelerators: null, class: 'cpu' }),
      { jobs: ['x', 'y'] },
      'all 2 slots are busy',
    ],
  ])('when %s', (_, job, runner, reason) => {
    expect(whyItWaits(job, nodes(worker('a', runner)))).toBe(reason);
  });
});

describe('what a user names', () => {
  const slices = [gpu(0, { uuid: 'MIG-1', parent: 'GPU-big' }), gpu(1, { uuid: 'MIG-2', parent: 'GPU-big' })];
  const two = nodes(worker('a', { accelerators: [gpu(0), gpu(1)] }), worker('b', { accelerators: slices }));

  it('is a runner by its name or its host', () => {
    expect(namedNode(two, 'b').name).toBe('b');
    expect(namedNode(two, 'host-a').name).toBe('a');
    expect(() => namedNode(two, 'host-c')).toThrow(/no runner is called "host-c"/);
  });

  it('is a GPU by enough of its beginning, or one in slices as a whole', () => {
    expect(namedAccelerator(two, 'GPU-aa01').uuid).toBe('GPU-aa01');
    expect(namedAccelerator(two, 'GPU-b')).toMatchObject({ uuid: 'GPU-big', those: slices });
    expect(() => namedAccelerator(two, 'GPU-aa')).toThrow(/may be any of GPU-aa00, GPU-aa01/);
    expect(() => namedAccelerator(two, 'TPU')).toThrow(/no host has an accelerator "TPU"/);
  });
});
