import { describe, expect, it } from 'vitest';
import { play } from './testing/play.ts';
import { submitted } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';
import { handoverDeadline, refitFits, reserveSeconds, searchDeadline, trialSeconds } from './time.ts';

function freshRun() {
  const farm = new SimulatedFarm();
  farm.submit();
  farm.deliver(0);
  if (farm.log.state.stage !== 'open') throw new Error('the run is not open');
  return farm.log.state;
}

describe('the time of a run of ten minutes', () => {
  it('keeps 15 % for finishing until a training was measured', () => {
    expect(reserveSeconds(freshRun())).toBe(90);
  });

  it('ends the search before the deadline, and has agents hand over before that', () => {
    const run = freshRun();
    expect(searchDeadline(run)).toBe(run.deadline - 90_000);
    expect(handoverDeadline(run)).toBe(run.deadline - 120_000);
  });

  it('gives every training its share of the budget, whatever the time is', () => {
    expect(trialSeconds(freshRun())).toBe(51);
  });

  it('refits only where 1.3 times what it took before still fits', () => {
    const run = freshRun();
    expect(refitFits(run, 100, run.deadline - 287_000)).toBe(true);
    expect(refitFits(run, 100, run.deadline - 285_000)).toBe(false);
  });
});

describe('the reserve', () => {
  it('grows with the measured training of the best', () => {
    const farm = new SimulatedFarm();
    farm.submit(
      submitted({
        budget: {
          minutes: 1,
          candidates: 2,
          trials: 1,
          microUsd: 0,
          gpuHours: 0,
          tokens: null,
          onCap: 'finish',
        },
      }),
    );
    while (farm.pending > 0) {
      farm.deliver(0);
      const { state } = farm.log;
      if (state.stage === 'open' && state.best !== null) {
        // 1.3 × (2 × 1 s of training + 20 s of proof) is more than 15 % of a minute.
        expect(reserveSeconds(state)).toBeCloseTo(28.6);
        return;
      }
    }
    throw new Error('nothing was scored');
  });

  it('does not keep a run from its end', () => {
    expect(play([3, 1, 2]).log.state.stage).toBe('ended');
  });
});
