import { describe, expect, it } from 'vitest';
import { designersBoard } from './board.ts';
import type { Candidate } from './candidate.ts';
import type { OpenRun } from './run-state.ts';
import { playedByModels } from './testing/paid-work.ts';
import { plan, scoreOf, trained, tree } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

const LONG = 'word '.repeat(500);

function scored(n: number): Candidate {
  const id = `c${n}`;
  return {
    ...{ id, parent: null, partner: null, guidance: null, repairs: 0, stage: 'scored' },
    plan: { ...plan(`plan ${n}`), reason: LONG },
    ...{ trained: trained(id), trials: [], predictions: tree(id), test: null, diagnosis: LONG },
    score: { ...scoreOf(id), value: n / 1000 },
  };
}

function runWith(candidates: readonly Candidate[]): OpenRun {
  const farm = new SimulatedFarm({ silent: ['portfolio', 'floor'] });
  farm.submit(playedByModels());
  while (farm.pending > 0) farm.deliver(0);
  if (farm.log.state.stage !== 'open') throw new Error('the run is not open');
  return { ...farm.log.state, candidates: Object.fromEntries(candidates.map((one) => [one.id, one])) };
}

describe('what a designer sees of the candidates', () => {
  it('is whole for those it works on, and short for the others', () => {
    const [first, second] = designersBoard(runWith([scored(1), scored(2)]), ['c2']);
    expect(first?.plan.reason.length).toBeLessThanOrEqual(240);
    expect(first?.diagnosis?.length).toBeLessThanOrEqual(240);
    expect(second).toMatchObject({ plan: { reason: LONG }, diagnosis: LONG });
  });

  it('of very many is the best, those it works on among them, in their order', () => {
    const all = Array.from({ length: 100 }, (_, n) => scored(n + 1));
    const shown = designersBoard(runWith(all), ['c3']).map(({ candidate }) => candidate);
    expect(shown).toHaveLength(40);
    expect([shown[0], shown[1], shown.at(-1)]).toEqual(['c3', 'c62', 'c100']);
  });
});
