import type { Worker } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { trainingSlots } from './capacity.ts';

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

describe('the capacity of a farm', () => {
  it('is the slots of all live runners', () => {
    expect(trainingSlots([runner({}, 2), runner({}, 3)], NOW)).toBe(5);
  });

  it('does not count who is silent or leaving', () => {
    const all = [runner({}, 2), runner({ beatAt: NOW - 31_000 }, 3), runner({ state: 'draining' }, 4)];
    expect(trainingSlots(all, NOW)).toBe(2);
  });

  it('is not known where no runner lives', () => {
    expect(trainingSlots([runner({ state: 'gone' }, 2)], NOW)).toBeNull();
  });
});
