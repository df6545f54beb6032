import { describe, expect, it } from 'vitest';
import type { CandidateIn } from './candidate.ts';
import type { OpenRun } from './run-state.ts';
import { play } from './testing/play.ts';
import { submitted } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';
import {
  handoverDeadline,
  refitFits,
  reserveSeconds,
  sealingDeadline,
  searchDeadline,
  trialSeconds,
} from './time.ts';

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
});

const MINUTE = { microUsd: 0, gpuHours: 0, tokens: null, onCap: 'finish' as const };

/** As it is when the first candidate is scored. */
function scoredRun(minutes: number, seconds = 1): { run: OpenRun; best: CandidateIn<'scored'> } {
  const farm = new SimulatedFarm({ secondsOf: (job) => (job.includes('_tune_') ? seconds : 1) });
  farm.submit(submitted({ budget: { ...MINUTE, minutes, candidates: 2, trials: 1 } }));
  while (farm.pending > 0) {
    farm.deliver(0);
    const { state } = farm.log;
    const best = state.stage === 'open' && state.best !== null && state.candidates[state.best.candidate];
    if (state.stage === 'open' && best && best.stage === 'scored') return { run: state, best };
  }
  throw new Error('nothing was scored');
}

describe('the reserve', () => {
  it('grows with the measured training of the best, on all labelled rows, and with what proves it', () => {
    const { run } = scoredRun(3);
    // 600 labelled rows of 400; waiting 2, inference 3 (twice to verify), grading 3, packaging 5, environment 20 s; and 5 % for sealing.
    const finishing = 2 + 1.5 + (2 + 3) + (2 + 20 + 3 + 3) + 2 * 3 + 5;
    expect(reserveSeconds(run)).toBeCloseTo(1.3 * finishing + 0.05 * 180);
    expect(sealingDeadline(run)).toBe(Math.round(run.deadline - 1.3 * finishing * 1000));
  });

  it('is for a smaller refit where the whole one would take more than half of the time', () => {
    const whole = scoredRun(60, 600).run;
    const smaller = scoredRun(60, 1200).run;
    const none = scoredRun(60, 3000).run;
    expect(reserveSeconds(whole)).toBeCloseTo(1.3 * (2 + 900 + 44) + 180);
    expect(reserveSeconds(smaller)).toBeCloseTo(1.3 * (2 + 900 + 44) + 180);
    expect(reserveSeconds(none)).toBeCloseTo(0.15 * 3600);
  });

  it('lets a refit begin only where it and its proof still fit', () => {
    const { run, best } = scoredRun(10, 100);
    const needed = 1.3 * (2 + 150 + 44) * 1000;
    expect(refitFits(run, best, 'full', run.deadline - needed - 10)).toBe(true);
    expect(refitFits(run, best, 'full', run.deadline - needed + 10)).toBe(false);
    expect(refitFits(run, best, 'final', run.deadline - needed + 10)).toBe(true);
  });

  it('does not take a round that waited behind other rounds for what a refit waits', () => {
    const { run } = scoredRun(10, 100);
    const closed = Object.values(run.jobs).find((job) => job.stage === 'closed');
    if (closed?.stage !== 'closed') throw new Error('no job has ended');
    const ordered = { candidate: 'c0', purpose: 'round' };
    const rounds = Array.from({ length: 5 }, (_, n) => {
      const id = `r1_c0_round-${n}_1`;
      return [id, { ...closed, id, ordered, seconds: 60, took: 60 + 1 + 60 * n }];
    });
    const busy: OpenRun = { ...run, jobs: { ...run.jobs, ...Object.fromEntries(rounds) } };
    expect(reserveSeconds(busy)).toBe(reserveSeconds(run));
  });

  it('does not keep a run from its end', () => {
    expect(play([3, 1, 2]).log.state.stage).toBe('ended');
  });
});
