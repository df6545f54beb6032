import type { InboxMessage } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { play } from './testing/play.ts';
import { RUN, submitted, TASK } from './testing/samples.ts';
import { type Faults, SimulatedFarm } from './testing/simulated-farm.ts';

const chosen = (farm: SimulatedFarm) =>
  farm.events.flatMap((event) => (event.type === 'model-chosen' ? [event.refitted] : []));
const refits = (farm: SimulatedFarm) =>
  [...farm.jobsSent.keys()].filter((id) => id.includes('_refit')).map((id) => id.slice(RUN.length + 1));
const sealed = (farm: SimulatedFarm) =>
  farm.events.flatMap((event) => (event.type === 'winner-sealed' ? [event.candidate] : []));
const isDelivered = ({ log, events }: SimulatedFarm) =>
  log.state.stage === 'ended' &&
  log.state.outcome === 'finished' &&
  events.some((event) => event.type === 'deliverable-verified' && event.agree);

describe('the refit', () => {
  it('is delivered where it says what the scored model says', () => {
    const farm = play([0]);
    expect(farm.events).toContainEqual({ type: 'model-compared', agree: true, notes: [] });
    expect(refits(farm)).toEqual(['c2_refit_1']);
    expect(chosen(farm)).toEqual([true]);
  });

  it('is compared on the test rows, which neither model was trained on', () => {
    const farm = play([0]);
    const { work } = farm.assigned.get(`${RUN}_c2_agreement_1`) ?? {};
    expect(work).toMatchObject({ action: 'agreement', seen: false });
  });

  it('gives way to its last fit alone, and that to the scored model, where they say something else', () => {
    const once = play([0], { disagreeing: 1 });
    expect(refits(once)).toEqual(['c2_refit_1', 'c2_refit-final_1']);
    expect(chosen(once)).toEqual([true, true]);
    const twice = play([0], { disagreeing: 2 });
    expect(chosen(twice)).toEqual([true, true, false]);
    expect(isDelivered(once) && isDelivered(twice)).toBe(true);
  });

  it('is asked for its last fit alone where the whole recipe fails', () => {
    const farm = play([0], { failingJobs: ['_refit_1'] });
    expect(refits(farm)).toEqual(['c2_refit_1', 'c2_refit-final_1']);
    const last = farm.records
      .flatMap(({ body }) => body.effects)
      .find((effect) => effect.type === 'submit-job' && effect.job.id.includes('_refit-final_'));
    expect(last).toMatchObject({ job: { variables: { MW_FINAL_ONLY: '1' } } });
    expect(chosen(farm)).toEqual([true]);
  });

  it('is not delivered where it could not be compared', () => {
    const farm = play([0], { failing: ['_agreement_'] });
    expect(chosen(farm)).toEqual([true, true, false]);
    expect(isDelivered(farm)).toBe(true);
  });

  it('is done once more where the farm has lost it', () => {
    const farm = lostOnce('_refit_1');
    expect(refits(farm)).toEqual(['c2_refit_1', 'c2_refit_2']);
    expect(chosen(farm)).toEqual([true]);
  });
});

describe('a winner of which no model can be proved', () => {
  it('gives way to the next best, for whom the holdout is not opened again', () => {
    const farm = play([0], { unprovableCandidates: ['c2'] });
    expect(sealed(farm)[0]).toBe('c2');
    expect(sealed(farm)).toHaveLength(2);
    expect(isDelivered(farm)).toBe(true);
    expect(farm.events.filter((event) => event.type === 'holdout-opened')).toHaveLength(1);
  });

  it('fails the run where none is left', () => {
    const farm = play([0], { unprovableCandidates: ['c0', 'c1', 'c2', 'c3', 'c4', 'blend'] });
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'failed' });
    expect(new Set(sealed(farm)).size).toBe(sealed(farm).length);
  });

  it('is proved by a second attempt where the farm has lost the first', () => {
    const farm = lostOnce('_verify_1');
    expect([...farm.jobsSent.keys()]).toContain(`${RUN}_c2_verify-again_1`);
    expect(sealed(farm)).toEqual(['c2']);
    expect(isDelivered(farm)).toBe(true);
  });
});

describe('a run that is asked for the best so far', () => {
  const asks = (refit: boolean): InboxMessage => ({
    type: 'finish-requested',
    run: RUN,
    reason: 'enough',
    refit,
  });

  it('delivers a verified model, whenever it is asked and in whatever order messages come', () => {
    const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(draws, fc.integer({ min: 1, max: 120 }), fc.boolean(), (drawn, moment, refit) => {
        let step = 0;
        const farm = play(drawn, {}, submitted(), (at) => {
          if (step === moment) at.inject(asks(refit));
          step += 1;
        });
        expect(isDelivered(farm)).toBe(true);
        const refitted = chosen(farm).at(-1);
        if (!refit && moment < 4) expect(refitted).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  it('begins nothing more, and ends what is under way for more', () => {
    const farm = new SimulatedFarm();
    farm.submit();
    while (!farm.events.some((event) => event.type === 'best-changed')) farm.deliver(0);
    const before = farm.assignmentsSent.size;
    farm.inject(asks(true));
    const begun = [...farm.assigned.values()].slice(before).map(({ work }) => work.role);
    expect(begun).not.toContain('coder');
    expect(begun).not.toContain('designer');
    const open = farm.log.state.stage === 'open' ? Object.values(farm.log.state.candidates) : [];
    expect(open.every(({ stage }) => stage === 'scored' || stage === 'dropped')).toBe(true);
  });

  it('has no blend made any more', () => {
    const farm = play([0], { blendWins: true }, submitted(), (at) => {
      const { state } = at.log;
      if (state.stage === 'open' && state.phase.name === 'aggregating' && state.finishing === null)
        at.inject(asks(true));
    });
    expect(isDelivered(farm)).toBe(true);
    expect(sealed(farm)).not.toContain('blend');
  });
});

it('a task that asks for no refit gets none', () => {
  const task = { ...TASK, constraints: { refit: 'none' as const } };
  const farm = play([0], {}, submitted({ task }));
  expect(refits(farm)).toEqual([]);
  expect(isDelivered(farm)).toBe(true);
});

/** The first job whose id contains `part` is lost with its host. */
function lostOnce(part: string): SimulatedFarm {
  const faults: Faults = { lostJobs: [part] };
  return play([0], faults);
}
