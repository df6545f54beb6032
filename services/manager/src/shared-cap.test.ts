/**
 * Many agents share a cap: the run actor's decisions and the agents' loop as they are, with a provider, a price and a
 * farm that are not. The provider keeps a till of its own, and the log is held against it.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ledger, reservedOf, spentOf } from './core/ledger.ts';
import { playedByModels } from './core/testing/paid-work.ts';
import { RUN } from './core/testing/samples.ts';
import { SimulatedFarm } from './core/testing/simulated-farm.ts';
import { Chance } from './testing/chance.ts';
import { PaidAgents } from './testing/paid-agents.ts';
import { Stage } from './testing/stage.ts';

const DOLLAR = 1_000_000;
const AGENTS = 20;

/** What the till says against what the log says. */
function wrongs(ledger: Ledger, agents: PaidAgents): string[] {
  const [spent, reserved] = [spentOf(ledger).microUsd, reservedOf(ledger).microUsd];
  const uncounted = [...agents.taken].filter(
    ([id, taken]) => taken > ((ledger.reserved[id] ?? ledger.charged[id])?.microUsd ?? 0),
  );
  return [
    ...(agents.total > DOLLAR ? [`${agents.total} were paid`] : []),
    ...(spent + reserved > DOLLAR ? [`${spent} spent and ${reserved} reserved`] : []),
    ...uncounted.map(([id, taken]) => `${id} took ${taken} and is not counted so`),
  ];
}

function ledgerOf({ log: { state } }: SimulatedFarm): Ledger {
  if (state.stage === 'unborn') throw new Error('the run has not begun');
  return state.ledger;
}

/** A whole run, played out in the order that the seed draws. */
async function playRun({ seed, deadly, trouble }: { seed: number; deadly: number; trouble: number }) {
  const chance = new Chance(seed);
  const stage = new Stage(chance, deadly);
  const begun: Promise<void>[] = [];
  const found = new Set<string>();
  const look = () => {
    for (const wrong of wrongs(ledgerOf(farm), agents)) found.add(wrong);
  };
  const farm = new SimulatedFarm({
    elsewhere(assignment) {
      if (assignment.player.kind === 'playbook') return false;
      begun.push(agents.serve(assignment));
      return true;
    },
  });
  const agents = new PaidAgents({
    chance,
    stage,
    trouble,
    now: () => farm.now,
    isOpen: () => farm.log.state.stage === 'open',
    paid: look,
    tell(final) {
      farm.inject(final);
      look();
    },
  });
  farm.submit(playedByModels({ microUsd: DOLLAR, candidates: 40, minutes: 600 }));
  farm.deliver(0);
  farm.inject({ type: 'tick', run: RUN, now: farm.now, slots: AGENTS });
  do {
    await stage.play(() => {
      farm.now += 1;
      while (farm.pending > 0 && chance.percent(60)) farm.deliver(chance.below(1000));
    });
  } while (farm.pending > 0);
  await Promise.all(begun);
  return { farm, agents, ledger: ledgerOf(farm), found: [...found] };
}

describe('twenty agents that share a dollar', () => {
  it('never exceed it and are never counted short, whoever dies and whatever is lost', async () => {
    const seen = { kills: 0, lost: 0, most: 0 };
    const draws = fc.record({
      seed: fc.nat(2 ** 31 - 1),
      deadly: fc.integer({ min: 0, max: 6 }),
      trouble: fc.integer({ min: 0, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(draws, async (drawn) => {
        const { farm, agents, ledger, found } = await playRun(drawn);
        expect(found).toEqual([]);
        expect(wrongs(ledger, agents)).toEqual([]);
        expect(reservedOf(ledger).microUsd).toBe(0);
        expect(farm.log.state.stage).toBe('ended');
        seen.kills += agents.kills;
        seen.lost += agents.lost;
        seen.most = Math.max(seen.most, agents.mostAtOnce);
      }),
      { numRuns: 10 },
    );
    // It was not too easy.
    expect(seen.most).toBeGreaterThanOrEqual(AGENTS);
    expect(seen.kills).toBeGreaterThan(50);
    expect(seen.lost).toBeGreaterThan(50);
  });

  it('are counted to the last micro-dollar where nobody dies and nothing is lost', async () => {
    const { agents, ledger } = await playRun({ seed: 7, deadly: 0, trouble: 0 });
    expect(spentOf(ledger).microUsd).toBe(agents.total);
    expect(agents.total).toBeGreaterThan(DOLLAR / 4);
  });
});
