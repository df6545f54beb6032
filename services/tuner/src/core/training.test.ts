import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestOf, mayLeaveModel, STOPPED_EARLY, type Training, trialOf, usable } from './training.ts';
import { probeSeconds, trainingSeconds, wallSeconds } from './training-seconds.ts';

const model = { kind: 'tree', store: 'artifacts', sha256: '0'.repeat(64), size: 1 } as const;
const scored = (job: string, value: number): Training => ({
  ...{
    job,
    config: {},
    probe: null,
    state: 'ended',
    end: 'finished',
    reason: '',
    seconds: 1,
    folds: [],
    diagnosis: null,
    problem: null,
    stderr: '',
  },
  oof: { value, standardError: 0.1, interval: [value - 0.2, value + 0.2], rows: 100 },
  model,
});
const running: Training = { job: 'r', config: {}, probe: null, state: 'running' };

describe('the best of several trainings', () => {
  it('is the highest or the lowest, as the metric wants', () => {
    const trainings = [scored('a', 0.5), scored('b', 0.7), scored('c', 0.6)];
    expect(bestOf(trainings, 'maximize')?.job).toBe('b');
    expect(bestOf(trainings, 'minimize')?.job).toBe('a');
  });

  it('is the earlier of equals', () => {
    expect(bestOf([scored('a', 0.5), scored('b', 0.5)], 'maximize')?.job).toBe('a');
  });

  it('is one that left a model and a score', () => {
    const lost = [running, { ...scored('a', 9), model: null }, { ...scored('b', 9), oof: null }];
    expect(lost.map(usable)).toEqual([null, null, null]);
    expect(bestOf(lost, 'maximize')).toBeNull();
    expect(bestOf([...lost, scored('c', 0)], 'maximize')?.job).toBe('c');
  });

  it('is not one that was scored on few rows, unless all were', () => {
    const partial = {
      ...scored('a', 0.9),
      oof: { value: 0.9, standardError: 0.1, interval: [0.7, 1], rows: 40 },
    } as const;
    expect(bestOf([partial, scored('b', 0.6)] as Training[], 'maximize')?.job).toBe('b');
    expect(bestOf([partial] as unknown as Training[], 'maximize')?.job).toBe('a');
  });

  it('is never a rehearsal, and a short probe only where nothing was trained in full', () => {
    const smoke: Training = { ...scored('a', 0.9), probe: 'smoke' };
    const short: Training = { ...scored('b', 0.8), probe: 'short' };
    expect(bestOf([smoke], 'maximize')).toBeNull();
    expect(bestOf([smoke, short], 'maximize')?.job).toBe('b');
    expect(bestOf([smoke, short, scored('c', 0.1)], 'maximize')?.job).toBe('c');
  });

  it('is never beaten by another', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (values) => {
        const best = bestOf(
          values.map((value, n) => scored(String(n), value)),
          'minimize',
        );
        expect(best?.oof.value).toBe(Math.min(...values));
      }),
    );
  });
});

describe('a training', () => {
  it('that was stopped in order may have left a whole model, one that failed may not', () => {
    expect(mayLeaveModel('finished', 0)).toBe(true);
    expect(mayLeaveModel('cancelled', STOPPED_EARLY)).toBe(true);
    expect(mayLeaveModel('failed', STOPPED_EARLY)).toBe(true);
    expect(mayLeaveModel('failed', 1)).toBe(false);
    expect(mayLeaveModel('out-of-memory', null)).toBe(false);
  });

  it('that still runs is a trial without a score', () => {
    expect(trialOf(running)).toEqual({ job: 'r', config: {}, outcome: 'running', oof: null, seconds: 0 });
  });

  it('takes no longer than it may, and than there is time', () => {
    expect(trainingSeconds(undefined, 60, 1000)).toBe(60);
    expect(trainingSeconds(10, 60, 1000)).toBe(10);
    expect(trainingSeconds(100, 60, 1000)).toBe(60);
    expect(trainingSeconds(undefined, 60, 35)).toBe(30);
    expect(trainingSeconds(undefined, 60, 6)).toBeNull();
    expect(wallSeconds(60)).toBeGreaterThan(60);
  });

  it('is probed in a fifth of its time, but long enough to see something', () => {
    expect(probeSeconds(undefined, 600, 1000)).toBe(120);
    expect(probeSeconds(undefined, 20, 1000)).toBe(10);
    expect(probeSeconds(undefined, 5, 1000)).toBe(5);
    expect(probeSeconds(300, 600, 1000)).toBe(300);
  });
});
