import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_USE, type UseSoFar, useOver, withSample } from './use.ts';
import { acceleratorVariables } from './variables.ts';

const GPU = [{ uuid: 'a', model: 'm', vendor: 'nvidia' }];
const sample = (
  watts: number | null,
  memory: number | null = 1,
  percent: number | null = 50,
  uuid = 'a',
) => ({
  uuid,
  utilisationPercent: percent,
  memoryUsedBytes: memory,
  watts,
});

describe('what a job made of its accelerators', () => {
  it('is energy by the trapezoid rule, with its ends drawn out to the start and the end of the program', () => {
    let use = withSample(NO_USE, 1000, [sample(100)]);
    use = withSample(use, 3000, [sample(300)]);
    const told = useOver({ startedAt: 0, endedAt: 4000 }, use, GPU);
    expect(told.energyJoules).toBe(100 * 1 + 200 * 2 + 300 * 1);
    expect(told.meanWatts).toBe(800 / 4);
  });

  it('is memory and power of all of them together, and the mean of their utilisation', () => {
    const both = [sample(100, 5, 20), sample(50, 7, 80, 'b')];
    const use = withSample(withSample(NO_USE, 0, both), 1000, [sample(100, 1, 20), sample(50, 1, 80, 'b')]);
    expect(useOver({ startedAt: 0, endedAt: 1000 }, use, GPU)).toMatchObject({
      samples: 2,
      utilisationPercent: 50,
      peakMemoryBytes: 12,
      energyJoules: 150,
    });
  });

  it('is null where one of them cannot tell', () => {
    const use = withSample(NO_USE, 0, [sample(100, null, null), sample(null, 5, null, 'b')]);
    expect(useOver({ startedAt: 0, endedAt: 9 }, use, GPU)).toMatchObject({
      samples: 1,
      utilisationPercent: null,
      peakMemoryBytes: null,
      meanWatts: null,
      energyJoules: null,
    });
  });

  it('is never less than nothing, nor more than the highest power over all the time, whatever the clock does', () => {
    const looks = fc.array(fc.tuple(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 0, max: 700 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(looks, (all) => {
        const use = all.reduce<UseSoFar>((sum, [at, watts]) => withSample(sum, at, [sample(watts)]), NO_USE);
        const { energyJoules } = useOver({ startedAt: 0, endedAt: 10_000 }, use, GPU);
        expect(energyJoules).toBeGreaterThanOrEqual(0);
        expect(energyJoules).toBeLessThanOrEqual(10 * Math.max(...all.map(([, watts]) => watts)) + 1e-6);
      }),
    );
  });
});

describe('what a program is told', () => {
  it('is its own by name, in the words of the vendor', () => {
    const nvidia = [
      { uuid: 'GPU-1', vendor: 'nvidia' as const },
      { uuid: 'MIG-2', vendor: 'nvidia' as const },
    ];
    expect(acceleratorVariables(nvidia)).toMatchObject({
      CUDA_VISIBLE_DEVICES: 'GPU-1,MIG-2',
      ROCR_VISIBLE_DEVICES: '',
      MW_ACCELERATORS: '2',
    });
    const amd = acceleratorVariables([{ uuid: 'GPU-00ff', vendor: 'amd' }]);
    expect(amd).toMatchObject({ ROCR_VISIBLE_DEVICES: 'GPU-00ff', MW_ACCELERATORS: '1' });
    expect(amd).not.toHaveProperty('CUDA_VISIBLE_DEVICES');
  });

  it('is that there is none when it holds none', () => {
    expect(acceleratorVariables([])).toMatchObject({
      CUDA_VISIBLE_DEVICES: '',
      ROCR_VISIBLE_DEVICES: '',
      MW_ACCELERATORS: '0',
    });
  });

  it('leaves AMD’s choice to the device files where a GPU has no name of its own', () => {
    const one = acceleratorVariables([{ uuid: 'amd-0000:0c:00.0', vendor: 'amd' }]);
    expect(one).not.toHaveProperty('ROCR_VISIBLE_DEVICES');
    expect(one).not.toHaveProperty('CUDA_VISIBLE_DEVICES');
  });
});
