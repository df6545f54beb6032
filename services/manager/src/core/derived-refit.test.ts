import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { play } from './testing/play.ts';
import { data, RUN, tree } from './testing/samples.ts';
import type { SimulatedFarm } from './testing/simulated-farm.ts';

const jobsOf = (farm: SimulatedFarm) =>
  farm.records.flatMap(({ body }) =>
    body.effects.flatMap((effect) => (effect.type === 'submit-job' ? [effect.job] : [])),
  );
const chosenOf = (farm: SimulatedFarm) => farm.events.find((event) => event.type === 'model-chosen');

describe('a winner that was trained on derived data', () => {
  it('has them derived from all rows before it is trained on all rows', () => {
    const jobs = jobsOf(play([0], { derives: true }));
    const deriving = jobs.filter(({ purpose }) => purpose === 'derive');
    const refit = jobs.find(({ purpose }) => purpose === 'refit');
    expect(deriving).toMatchObject([
      { id: `${RUN}_c2_derive_1`, data: data().datasets.all, command: ['python', 'derive.py'], inputs: {} },
    ]);
    const made = jobs.findIndex(({ purpose }) => purpose === 'derive');
    expect(jobs.findIndex(({ purpose }) => purpose === 'refit')).toBeGreaterThan(made);
    // What that job made, and not what was made of the training rows alone.
    expect(refit?.inputs['derived']).toEqual({ tree: tree(`${RUN}_c2_derive_1`), path: null });
  });

  it('predicts without them', () => {
    const jobs = jobsOf(play([0], { derives: true }));
    const predicting = jobs.filter(({ purpose }) => purpose === 'infer' || purpose === 'verify');
    expect(predicting.length).toBeGreaterThan(0);
    for (const job of predicting) expect(job.inputs).not.toHaveProperty('derived');
  });

  it('is delivered as it was scored when they cannot be derived from all rows', () => {
    const farm = play([0], { derives: true, failingJobs: ['c2_derive'] });
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    expect(chosenOf(farm)).toMatchObject({
      refitted: false,
      reason: expect.stringContaining('derive.py failed: exit code 1'),
    });
    expect(jobsOf(farm).some(({ purpose }) => purpose === 'refit')).toBe(false);
  });

  it('comes to an end whatever the order of messages', () => {
    const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(draws, fc.boolean(), (drawn, fails) => {
        const farm = play(drawn, { derives: true, failingJobs: fails ? ['c2_derive'] : [] });
        expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
        expect(chosenOf(farm)).toMatchObject({ refitted: !fails });
      }),
      { numRuns: 60 },
    );
  });
});

it('a winner without derived data is refitted at once', () => {
  expect(jobsOf(play([0])).some(({ purpose }) => purpose === 'derive')).toBe(false);
});
