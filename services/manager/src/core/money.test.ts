import type { Assignment, InboxMessage, ManagerAction } from '@modelwright/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeOf, reservedOf, spentOf } from './ledger.ts';
import type { RunState } from './run-state.ts';
import { playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';
import { RUN } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

const DOLLAR = 1_000_000;

function ledgerOf(state: RunState) {
  if (state.stage === 'unborn') throw new Error('the run has not begun');
  return state.ledger;
}

const paid = (farm: SimulatedFarm): Assignment[] =>
  [...farm.assigned.values()].filter(({ player }) => player.kind === 'models');

const typesOf = (farm: SimulatedFarm) => farm.events.map(({ type }) => type);

/** Plays until the farm has nothing more to say, in the order of arrival. */
function drain(farm: SimulatedFarm): SimulatedFarm {
  while (farm.pending > 0) farm.deliver(0);
  return farm;
}

function begun(faults: ConstructorParameters<typeof SimulatedFarm>[0], submitted = playedByModels()) {
  const farm = new SimulatedFarm(faults);
  farm.submit(submitted);
  return farm;
}

/** Spends whatever it is granted, and always wants more. */
function spendthrift(onCap: 'finish' | 'pause'): SimulatedFarm {
  const more: ManagerAction = { kind: 'propose', count: 5, guidance: 'more of all' };
  return begun(
    { spends: ({ grant }) => grant.microUsd, decides: () => [more] },
    playedByModels({ candidates: 60, onCap }),
  );
}

describe('the money of a run', () => {
  const action: fc.Arbitrary<ManagerAction> = fc.oneof(
    fc.record({
      kind: fc.constant('propose' as const),
      count: fc.integer({ min: 1, max: 3 }),
      guidance: fc.constant('more'),
    }),
    fc.record({
      kind: fc.constantFrom('revise' as const, 'fix' as const, 'tune' as const),
      candidate: fc.constantFrom('c0', 'c1', 'c2', 'c9', 'blend'),
      guidance: fc.constant('better'),
    }),
    fc.record({
      kind: fc.constant('combine' as const),
      candidate: fc.constant('c1'),
      partner: fc.constantFrom('c1', 'c2'),
      guidance: fc.constant('both'),
    }),
    fc.record({
      kind: fc.constant('prune' as const),
      candidate: fc.constantFrom('c0', 'c1', 'c2', 'c3'),
      reason: fc.constant('weak'),
    }),
    fc.constant({ kind: 'stop' as const, reason: 'enough' }),
  );
  const scene = fc.record({
    draws: fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }),
    shares: fc.array(fc.nat(100), { minLength: 1, maxLength: 10 }),
    failing: fc.array(fc.constantFrom('implement', 'tune', 'portfolio', 'decide', 'c1_', 'blend', 'revise'), {
      maxLength: 3,
    }),
    kind: fc.constantFrom('stalled', 'budget-spent', 'no-model', 'no-progress', 'deadline-passed'),
    actions: fc.array(fc.array(action, { maxLength: 3 }), { maxLength: 4 }),
    onCap: fc.constantFrom('finish' as const, 'pause' as const),
    tokens: fc.constantFrom(null, 1, 50, 1_000_000),
    microUsd: fc.constantFrom(0, 7, DOLLAR),
  });

  it('is never spent twice, nor beyond its cap, whatever is spent, fails, is repeated or comes late', () => {
    fc.assert(
      fc.property(scene, ({ draws, shares, failing, kind, actions, onCap, tokens, microUsd }) => {
        let answers = 0;
        const drawn = <Item>(from: readonly Item[]): Item | undefined => {
          answers += 1;
          return from[answers % Math.max(1, from.length)];
        };
        const faults = {
          failing,
          kind,
          modelsOnly: true,
          spends: ({ grant }: Assignment) => Math.floor((grant.microUsd * (drawn(shares) ?? 0)) / 100),
          decides: () => drawn(actions) ?? [],
        };
        const check = (farm: SimulatedFarm) => {
          const { state } = farm.log;
          if (state.stage === 'unborn') return;
          const { ledger } = state;
          const [spent, held] = [spentOf(ledger), reservedOf(ledger)];
          expect(spent.microUsd + held.microUsd).toBeLessThanOrEqual(ledger.capMicroUsd);
          if (ledger.capTokens !== null)
            expect(spent.tokens + held.tokens).toBeLessThanOrEqual(ledger.capTokens);
          for (const { id } of paid(farm)) {
            const counted = (ledger.reserved[id] ?? ledger.charged[id])?.microUsd ?? 0;
            expect(counted).toBeGreaterThanOrEqual(farm.spent.get(id) ?? 0);
          }
        };
        const farm = play(
          draws,
          faults,
          playedByModels({ onCap, tokens, microUsd, candidates: 6 }),
          (at, draw) => {
            check(at);
            for (const message of disturbances(at, draw)) at.inject(message);
            check(at);
          },
        );
        // Whoever waits for money waits until the search's time is up, and no longer.
        for (let n = 0; n < 3; n += 1) {
          farm.tick(8 * 60_000);
          while (farm.pending > 0) {
            farm.deliver(0);
            check(farm);
          }
        }
        expect(farm.log.state.stage).toBe('ended');
        const { charged, reserved } = ledgerOf(farm.log.state);
        expect(reserved).toEqual({});
        for (const { id, grant } of paid(farm)) {
          // Who was never heard of again is charged its grant.
          expect([id, charged[id]?.microUsd]).toEqual([id, farm.spent.get(id) ?? grant.microUsd]);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('is granted with the assignment, and the rest of it comes back', () => {
    const farm = drain(begun({}));
    const opened = farm.events.filter((event) => event.type === 'assignment-opened');
    for (const { id, grant, player } of paid(farm)) {
      expect(opened.find((event) => event.assignment === id)).toMatchObject({ grant, player });
      expect(grant.microUsd).toBeGreaterThan(0);
    }
    const total = [...farm.spent.values()].reduce((sum, one) => sum + one, 0);
    expect(freeOf(ledgerOf(farm.log.state)).microUsd).toBe(DOLLAR - total);
    expect(total).toBeGreaterThan(0);
  });

  it('is never granted to one assignment by more than a quarter', () => {
    const farm = drain(begun({ spends: () => 0 }));
    expect(Math.max(...paid(farm).map(({ grant }) => grant.microUsd))).toBe(DOLLAR / 4);
  });

  it('leaves the floor to the playbook, and names the models of each role', () => {
    const farm = drain(begun({}));
    const playerOf = (part: string) =>
      [...farm.assigned.values()].find(({ id }) => id.includes(part))?.player;
    expect(playerOf('_c0_floor')).toEqual({ kind: 'playbook', clumsy: false });
    expect(playerOf('_c0_tune')).toEqual({ kind: 'playbook', clumsy: false });
    expect(playerOf('_run_portfolio')).toEqual({ kind: 'models', models: ['gpt', 'local'] });
    expect(playerOf('_c1_implement')).toEqual({ kind: 'models', models: [] });
  });

  it('is warned of once when four fifths are spent', () => {
    const farm = drain(begun({ spends: ({ grant }) => grant.microUsd }));
    expect(typesOf(farm).filter((type) => type === 'money-warned')).toHaveLength(1);
  });

  it('that is used up stops the search: what is begun is finished by the playbook', () => {
    const farm = drain(spendthrift('finish'));
    expect(typesOf(farm)).toContain('search-stopped');
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    const blend = [...farm.assigned.values()].find(({ work }) => work.role === 'aggregator');
    expect(blend?.player.kind).toBe('playbook');
  });

  describe('that is used up, where the user wants to be asked,', () => {
    const asking = () => drain(spendthrift('pause'));

    it('pauses the run, and nothing that costs is begun', () => {
      const farm = asking();
      expect(typesOf(farm)).toContain('money-paused');
      expect(farm.log.state).toMatchObject({ stage: 'open', phase: { name: 'searching' } });
      const before = paid(farm).length;
      farm.tick(1000);
      expect([paid(farm).length, farm.pending]).toEqual([before, 0]);
    });

    it('goes on where the budget is raised', () => {
      const farm = asking();
      const before = paid(farm).length;
      farm.inject({ type: 'budget-raised', run: RUN, microUsd: 3 * DOLLAR });
      expect(paid(farm).length).toBeGreaterThan(before);
      expect(ledgerOf(farm.log.state).capMicroUsd).toBe(3 * DOLLAR);
    });

    it('goes on where an assignment that was charged whole turns out to have spent less', () => {
      const farm = begun(
        { spends: ({ grant }) => grant.microUsd, silent: ['_c1_implement_1'] },
        playedByModels({ candidates: 60, onCap: 'pause' }),
      );
      while (!farm.assigned.has(`${RUN}_c1_implement_1`)) farm.deliver(0);
      const assignment = `${RUN}_c1_implement_1`;
      farm.inject({ type: 'attention-needed', run: RUN, subject: 's', assignment, reason: 'gave up' });
      drain(farm);
      expect(ledgerOf(farm.log.state).paused).toBe(true);
      const before = paid(farm).length;
      const failure = { kind: 'poison', message: 'It died.', retryable: false, origin: 'x', causes: [] };
      farm.inject({
        type: 'assignment-finished',
        run: RUN,
        assignment,
        spent: { turns: 0, microUsd: 0, byModel: {} },
        notes: [],
        outcome: { status: 'failed', failure },
      });
      expect(ledgerOf(farm.log.state).paused).toBe(false);
      drain(farm);
      expect(paid(farm).length).toBeGreaterThan(before);
      expect(ledgerOf(farm.log.state).paused).toBe(true);
    });

    it('finishes with what there is when the time of the search is up', () => {
      const farm = asking();
      farm.tick(9 * 60_000);
      expect(drain(farm).log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    });
  });

  it('of a grant that did not suffice for one turn is not granted in that size again', () => {
    const farm = drain(
      begun({ failing: ['implement'], modelsOnly: true, kind: 'budget-spent', spends: () => 0 }),
    );
    const [first, second] = paid(farm).filter(({ id }) => id.includes('_c1_implement'));
    expect(second?.grant.microUsd).toBeGreaterThanOrEqual(2 * (first?.grant.microUsd ?? DOLLAR));
  });

  it('of an assignment nobody answers for is charged whole, until it says what it spent', () => {
    const farm = begun({});
    while (!farm.assigned.has(`${RUN}_c1_implement_1`)) farm.deliver(0);
    const id = `${RUN}_c1_implement_1`;
    farm.inject({ type: 'attention-needed', run: RUN, subject: 's', assignment: id, reason: 'gave up' });
    expect(ledgerOf(farm.log.state).charged[id]?.microUsd).toBe(farm.assigned.get(id)?.grant.microUsd);
    drain(farm);
    expect(ledgerOf(farm.log.state).charged[id]?.microUsd).toBe(farm.spent.get(id));
  });

  it('of a cancelled run is counted to the end', () => {
    const farm = begun({});
    while (!farm.assigned.has(`${RUN}_c1_implement_1`)) farm.deliver(0);
    farm.inject({ type: 'cancel-requested', run: RUN, reason: 'enough' });
    const atEnd = spentOf(ledgerOf(farm.log.state)).microUsd;
    expect(reservedOf(ledgerOf(farm.log.state)).microUsd).toBe(0);
    drain(farm);
    expect(spentOf(ledgerOf(farm.log.state)).microUsd).toBeLessThan(atEnd);
    expect(spentOf(ledgerOf(farm.log.state)).microUsd).toBe(
      [...farm.spent.values()].reduce((a, b) => a + b, 0),
    );
  });
});

/** What else may come in: dead letters, a budget raised or lowered. */
function disturbances(farm: SimulatedFarm, draw: number): InboxMessage[] {
  const [some] = paid(farm).slice(draw % 10);
  return [
    ...(draw % 11 === 3 && some !== undefined
      ? [
          {
            type: 'attention-needed' as const,
            run: RUN,
            subject: 's',
            assignment: some.id,
            reason: 'gave up',
          },
        ]
      : []),
    ...(draw % 13 === 5
      ? [{ type: 'budget-raised' as const, run: RUN, microUsd: (draw % 4) * 400_000 }]
      : []),
  ];
}
