import type { Accelerator, Worker } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { acceleratorsOf, trainingSlots } from './capacity.ts';

const NOW = 1_000_000;

function runner(over: Partial<Worker>, slots: number): Worker {
  return {
    service: 'gpu-runner',
    name: 'one',
    process: 'p',
    host: 'h',
    pid: 1,
    startedAt: 0,
    beatAt: NOW,
    state: 'ready',
    version: '1',
    runner: { classes: ['cpu'], slots, busy: 0, jobs: [], isolation: 'contained', isolationNotes: [] },
    ...over,
  };
}

const gpu = (model: string, change: Partial<Accelerator> = {}): Accelerator => ({
  ...{ uuid: 'GPU-1', index: 0, vendor: 'nvidia', model, memoryBytes: 80, driver: '550' },
  ...{ parent: null, state: 'free', reason: '', jobs: [] },
  ...change,
});

function gpuHost(accelerators: Accelerator[], over: Partial<Worker> = {}, drained: string | null = null) {
  const host = runner(over, 1);
  return { ...host, runner: host.runner === null ? null : { ...host.runner, accelerators, drained } };
}

describe('the capacity of a farm', () => {
  it('is the slots of all live runners', () => {
    expect(trainingSlots([runner({}, 2), runner({}, 3)], NOW)).toBe(5);
  });

  it('does not count who is silent or leaving', () => {
    const all = [runner({}, 2), runner({ beatAt: NOW - 31_000 }, 3), runner({ state: 'draining' }, 4)];
    expect(trainingSlots(all, NOW)).toBe(2);
  });

  it('does not count who is drained', () => {
    expect(trainingSlots([runner({}, 2), gpuHost([], {}, 'new driver')], NOW)).toBe(2);
  });

  it('counts of each model what one host has, since a job is on one host', () => {
    const hosts = [gpuHost([gpu('H100'), gpu('H100')]), gpuHost([gpu('H100'), gpu('A100')])];
    expect(acceleratorsOf(hosts, NOW)).toEqual([
      { model: 'A100', memoryBytes: 80, count: 1 },
      { model: 'H100', memoryBytes: 80, count: 2 },
    ]);
  });

  it('counts no accelerator in quarantine, of slices one, of silent hosts none', () => {
    expect(acceleratorsOf([gpuHost([gpu('H100', { state: 'quarantined' })])], NOW)).toEqual([]);
    const slice = gpu('H100 MIG 1g.10gb', { parent: 'GPU-0' });
    expect(acceleratorsOf([gpuHost([slice, slice])], NOW)).toMatchObject([{ count: 1 }]);
    expect(acceleratorsOf([gpuHost([gpu('H100')], { beatAt: NOW - 31_000 })], NOW)).toEqual([]);
  });

  it('is not known where no runner lives', () => {
    expect(trainingSlots([runner({ state: 'gone' }, 2)], NOW)).toBeNull();
  });
});
