import { describe, expect, it } from 'vitest';
import { latencyMs, overLimit } from './limits.ts';
import type { OpenRun } from './run-state.ts';
import { play } from './testing/play.ts';
import { RUN, submitted, TASK } from './testing/samples.ts';
import { type Faults, SimulatedFarm } from './testing/simulated-farm.ts';

/** Inference starts in 1 s; c2 takes 10 ms a row beyond that, of 100 rows to score. */
const secondsOf = (job: string) => (job.includes('_c2_score-rows') ? 2 : 1);

function asScored(candidate: string): OpenRun {
  const farm = new SimulatedFarm({ secondsOf });
  farm.submit();
  while (farm.pending > 0) {
    farm.deliver(0);
    const { state } = farm.log;
    if (state.stage === 'open' && state.candidates[candidate]?.stage === 'scored') return state;
  }
  throw new Error(`${candidate} was not scored`);
}

function limited(constraints: NonNullable<(typeof TASK)['constraints']>, faults: Faults = {}) {
  return play([0], { secondsOf, ...faults }, submitted({ task: { ...TASK, constraints } }));
}

describe('the time that a row takes', () => {
  it('is what inference takes beyond the fastest of the run', () => {
    expect(latencyMs(asScored('c2'), 'c2')).toBeCloseTo(10);
    expect(latencyMs(asScored('c1'), 'c1')).toBe(0);
  });

  it('is not known of a candidate that has not predicted', () => {
    expect(latencyMs(asScored('c0'), 'c4')).toBeNull();
  });
});

describe('a limit of the task', () => {
  it('on the size of the model is in millions of bytes', () => {
    const run = { ...asScored('c1'), task: { ...TASK, constraints: { max_model_mb: 5 } } };
    expect(overLimit(run, 'c1', 5_000_000)).toBeNull();
    expect(overLimit(run, 'c1', 5_100_000)).toBe('the model has 5.1 MB, and may have 5 MB');
  });

  it('on latency keeps the best candidate from delivery, and the next best is delivered', () => {
    const farm = limited({ max_latency_ms: 8 });
    const c2 = farm.events.find((event) => event.type === 'candidate-scored' && event.candidate === 'c2');
    expect(c2).toMatchObject({ excluded: 'a row takes 10 ms to predict, and may take 8 ms' });
    const sealed = farm.events.filter((event) => event.type === 'winner-sealed');
    expect(sealed).toHaveLength(1);
    expect(sealed).not.toMatchObject([{ candidate: 'c2' }]);
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it('that is kept changes nothing', () => {
    const farm = limited({ max_latency_ms: 12, max_model_mb: 100 });
    expect(farm.events.find((event) => event.type === 'winner-sealed')).toMatchObject({ candidate: 'c2' });
    expect(JSON.stringify(farm.events)).not.toContain(`"excluded"`);
    expect(farm.log.state).toMatchObject({ submitted: { run: RUN } });
  });
});
