import { describe, expect, it } from 'vitest';
import { canAsk } from './terms.ts';
import { playedByModels } from './testing/paid-work.ts';
import { RUN } from './testing/samples.ts';
import { type Faults, SimulatedFarm } from './testing/simulated-farm.ts';

const PATIENCE = 60_000;

function drained(faults: Faults, budget: Parameters<typeof playedByModels>[0] = { candidates: 6 }) {
  const farm = new SimulatedFarm(faults);
  farm.submit(playedByModels(budget));
  while (farm.pending > 0) farm.deliver(0);
  return farm;
}

const questions = (farm: SimulatedFarm) =>
  [...farm.assigned.values()].flatMap(({ work }) => (work.role === 'manager' ? [work] : []));

describe('a question to a manager model', () => {
  it('that a result has overtaken is closed when its answer is overdue, and put anew once', () => {
    const farm = drained({ silent: ['decide'] });
    farm.tick(PATIENCE - 1000);
    expect(questions(farm)).toHaveLength(1);
    farm.tick(2000);
    expect([...farm.cancelled]).toEqual([`${RUN}_run_decide_1`]);
    const [before, after] = questions(farm).map(({ board }) => board.match(/\| scored \|/g)?.length);
    expect(after).toBeGreaterThan(before ?? 0);
    farm.tick(2 * PATIENCE);
    expect(questions(farm)).toHaveLength(2);
  });

  it('is not waited for longer than its time: then the rules revise the best', () => {
    const farm = drained({ silent: ['decide'] });
    farm.tick(PATIENCE);
    farm.tick(PATIENCE - 1000);
    expect(farm.assigned.has(`${RUN}_run_revise_1`)).toBe(false);
    farm.tick(1000);
    expect(farm.assigned.get(`${RUN}_run_revise_1`)?.work).toMatchObject({ count: 1, parent: 'c2' });
  });

  it('says how long the answer is waited for, and what the rules have decided', () => {
    const farm = drained({ silent: ['decide'] });
    farm.tick(PATIENCE);
    farm.tick(PATIENCE);
    const [first] = questions(farm);
    expect(first?.board).toContain(
      'Your answer is waited for 3 minutes; where nothing else is under way the rules go on without it after 1.',
    );
    const { state } = farm.log;
    const recent = state.stage === 'open' ? state.recent : [];
    expect(recent).toContainEqual(expect.stringContaining('a designer is asked to revise c2'));
  });

  it('is put only where something can be begun, or of several one can be ended', () => {
    const asked = questions(drained({}, { candidates: 2 }));
    expect(asked.every(({ room }) => room > 0)).toBe(true);
  });

  it('is put as long as there is money for it, and they answer for the role', () => {
    const farm = drained({ silent: ['portfolio'] });
    const { state } = farm.log;
    if (state.stage !== 'open') throw new Error('the run is not open');
    const spent = { ...state.ledger, charged: { x: { microUsd: state.ledger.capMicroUsd, tokens: 0 } } };
    expect([
      canAsk(state, 'manager'),
      canAsk({ ...state, ledger: spent }, 'manager'),
      canAsk({ ...state, ledger: { ...state.ledger, paused: true } }, 'manager'),
      canAsk({ ...state, takenOver: ['manager'] }, 'manager'),
    ]).toEqual([true, false, false, false]);
  });
});
