import type { ManagerAction } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { playedByModels } from './testing/paid-work.ts';
import { RUN } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

function begun(faults: ConstructorParameters<typeof SimulatedFarm>[0]): SimulatedFarm {
  const farm = new SimulatedFarm(faults);
  farm.submit(playedByModels());
  return farm;
}

function drain(farm: SimulatedFarm): SimulatedFarm {
  while (farm.pending > 0) farm.deliver(0);
  return farm;
}

function chargedFor(farm: SimulatedFarm, id: string): number | undefined {
  const { state } = farm.log;
  return state.stage === 'unborn' ? undefined : state.ledger.charged[id]?.microUsd;
}

describe('what work costs that is given up', () => {
  it('is counted when whoever was at it, or would be, has ended it', () => {
    const pruned: ManagerAction = { kind: 'prune', candidate: 'c2', reason: 'it repeats c1' };
    const id = `${RUN}_c2_tune_1`;
    const farm = begun({ decides: () => [pruned], elsewhere: (one) => one.id === id });
    while (!farm.assigned.has(id)) farm.deliver(0);
    const condition = { jobs: [`${id}_1_0`], until: null };
    farm.inject({ type: 'assignment-parked', run: RUN, assignment: id, stop: 1, condition });
    while (!farm.cancelled.has(id)) farm.deliver(0);
    const { effects = [] } = farm.records.at(-1)?.body ?? {};
    expect(effects.filter((one) => 'assignment' in one && one.assignment === id)).toEqual([
      { type: 'cancel-assignment', assignment: id, reason: 'it repeats c1' },
      { type: 'resume', assignment: id, stop: 1 },
    ]);
    expect(chargedFor(farm, id)).toBe(farm.assigned.get(id)?.grant.microUsd);
    drain(farm);
    expect(chargedFor(farm, id)).toBe(farm.spent.get(id));
  });

  it('is not caused any longer by who thinks about what comes next, once the search is stopped', () => {
    const stop: ManagerAction = { kind: 'stop', reason: 'enough' };
    const revise: ManagerAction = { kind: 'revise', candidate: 'c1', guidance: 'smaller' };
    const farm = drain(begun({ decides: () => [revise, stop], silent: ['revise'] }));
    expect([...farm.cancelled]).toEqual([`${RUN}_run_revise_1`]);
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });
});
