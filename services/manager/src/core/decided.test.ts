import type { ManagerAction } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import type { OpenRun } from './run-state.ts';
import { type Decide, playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';
import { RUN, version } from './testing/samples.ts';
import { type Faults, SimulatedFarm } from './testing/simulated-farm.ts';

/** Decides once, and nothing more after that. */
function once(actions: readonly ManagerAction[]): Decide {
  let done = false;
  return () => {
    if (done) return [];
    done = true;
    return [...actions];
  };
}

const budget = { candidates: 6 };
const farmOf = (decides: Decide) => play([0], { decides }, playedByModels(budget));
const after = (decides: Decide) => [...farmOf(decides).assigned.keys()].map((id) => id.slice(RUN.length + 1));

const plannedOf = (farm: SimulatedFarm, candidate: string) =>
  farm.events.find((event) => event.type === 'candidate-planned' && event.candidate === candidate);
const workOf = (farm: SimulatedFarm, id: string) => farm.assigned.get(`${RUN}_${id}`)?.work;

describe('a manager model', () => {
  it('is asked when a candidate is settled, one question at a time, with a board', () => {
    const farm = new SimulatedFarm({ silent: ['decide'] });
    farm.submit(playedByModels(budget));
    while (farm.pending > 0) farm.deliver(0);
    const asked = [...farm.assigned.values()].filter(({ work }) => work.role === 'manager');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.work).toMatchObject({ board: expect.stringContaining('c1 | plan 0'), room: 2 });
    // The rules go on with what was begun meanwhile.
    expect(farm.log.state).toMatchObject({ candidates: { c4: { stage: 'scored' } } });
  });

  it('that sees nothing worth beginning ends the search', () => {
    const farm = farmOf(() => []);
    expect(plannedOf(farm, 'c5')).toBeUndefined();
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it('has new plans proposed, as many as there is room for', () => {
    const farm = farmOf(once([{ kind: 'propose', count: 5, guidance: 'nothing linear' }]));
    expect(workOf(farm, 'run_portfolio_2')).toMatchObject({
      action: 'portfolio',
      count: 2,
      guidance: 'nothing linear',
      board: expect.arrayContaining([expect.objectContaining({ candidate: 'c1' })]),
    });
    expect(plannedOf(farm, 'c6')).toMatchObject({ parent: null, guidance: 'nothing linear' });
  });

  it('has one revised, and two combined; their parents and its guidance go with the plans', () => {
    const farm = farmOf(
      once([
        { kind: 'revise', candidate: 'c1', guidance: 'fewer trees' },
        { kind: 'combine', candidate: 'c1', partner: 'c0', guidance: 'both' },
      ]),
    );
    expect(workOf(farm, 'run_revise_1')).toMatchObject({ parent: 'c1', count: 1, guidance: 'fewer trees' });
    expect(workOf(farm, 'run_combine_1')).toMatchObject({ parent: 'c1', partner: 'c0' });
    const planned = [plannedOf(farm, 'c5'), plannedOf(farm, 'c6')];
    expect(planned).toContainEqual(expect.objectContaining({ parent: 'c1', partner: null }));
    expect(planned).toContainEqual(expect.objectContaining({ parent: 'c1', partner: 'c0' }));
    expect(workOf(farm, 'c5_tune_1')).toMatchObject({ guidance: expect.stringMatching(/fewer trees|both/) });
  });

  it('has what revises or combines written upon the code of the parent, by a language model', () => {
    const revise: ManagerAction = { kind: 'revise', candidate: 'c1', guidance: 'fewer trees' };
    const faults: Faults = { decides: once([revise]), failing: ['c5_implement'], modelsOnly: true };
    const farm = play([0], faults, playedByModels(budget));
    expect(workOf(farm, 'c1_implement_1')).toMatchObject({ base: null, parent: null });
    expect(workOf(farm, 'c5_implement_1')).toMatchObject({ base: version('c1'), parent: 'c1' });
    const last = farm.assigned.get(`${RUN}_c5_implement_3`);
    expect(last).toMatchObject({ player: { kind: 'playbook' }, work: { base: null, parent: 'c1' } });
  });

  it('has a coder mend one: a new candidate that begins as that one stands', () => {
    const farm = farmOf(once([{ kind: 'fix', candidate: 'c1', guidance: 'the target leaks' }]));
    expect(workOf(farm, 'c5_fix_1')).toMatchObject({
      role: 'coder',
      base: version('c1'),
      feedback: 'the target leaks',
    });
    expect(farm.log.state.stage).toBe('ended');
    expect(workOf(farm, 'c5_tune_1')).toBeDefined();
  });

  it('has a tuner go on with one: a new candidate of the same version', () => {
    const farm = farmOf(once([{ kind: 'tune', candidate: 'c1', guidance: 'wider' }]));
    expect(workOf(farm, 'c5_tune_1')).toMatchObject({ version: version('c1'), guidance: 'wider' });
    expect(workOf(farm, 'c5_implement_1')).toBeUndefined();
  });

  it('prunes: what is under way for the candidate is ended', () => {
    let pruned: string | undefined;
    const decides: Decide = ({ board }) => {
      if (pruned !== undefined) return [];
      pruned = /^(c[1-9]\d*) .* \| tuning \|/m.exec(board)?.[1];
      return pruned === undefined ? [] : [{ kind: 'prune', candidate: pruned, reason: 'too like c1' }];
    };
    const farm = play([0], { decides }, playedByModels({ candidates: 12 }));
    expect(pruned).toBeDefined();
    expect(farm.events).toContainEqual({
      type: 'candidate-dropped',
      candidate: pruned,
      reason: 'too like c1',
    });
    expect(farm.events).toContainEqual(
      expect.objectContaining({
        type: 'assignment-closed',
        assignment: `${RUN}_${pruned}_tune_1`,
        provisional: true,
      }),
    );
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it('stops the search: what is begun is finished, what is not is dropped', () => {
    const decides = once([{ kind: 'stop', reason: 'good enough' }]);
    const farm = play([0], { decides }, playedByModels({ candidates: 12 }));
    expect(farm.events).toContainEqual({ type: 'search-stopped', reason: 'good enough' });
    expect(farm.events).toContainEqual(
      expect.objectContaining({
        type: 'candidate-dropped',
        reason: expect.stringContaining('not begun'),
      }),
    );
    const scored = farm.events.filter(({ type }) => type === 'candidate-scored').length;
    expect([scored > 2, scored < 8]).toEqual([true, true]);
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it.each<[ManagerAction, string]>([
    [{ kind: 'revise', candidate: 'c77', guidance: 'x' }, 'there is no c77 with a plan'],
    [{ kind: 'combine', candidate: 'c1', partner: 'c1', guidance: 'x' }, 'two different'],
    [{ kind: 'fix', candidate: 'blend', guidance: 'x' }, 'no blend with code'],
    [{ kind: 'prune', candidate: 'c0', reason: 'x' }, 'the floor stays'],
    [{ kind: 'prune', candidate: 'c9', reason: 'x' }, 'there is no c9'],
  ])('is told why %o was left out', (action, why) => {
    const farm = play([0], { decides: once([action]) }, playedByModels({ candidates: 12 }));
    const reasons = farm.records.map(({ body }) => body.reason);
    expect(reasons.some((reason) => reason.includes('left out') && reason.includes(why))).toBe(true);
    const boards = [...farm.assigned.values()].flatMap(({ work }) =>
      work.role === 'manager' ? [work.board] : [],
    );
    expect(boards[1]).toContain('left out');
  });

  it('cannot have more made than the budget of candidates allows', () => {
    const more: ManagerAction = { kind: 'tune', candidate: 'c1', guidance: 'again' };
    const made = after(() => [more, more, more]).filter((id) => id.includes('_tune_'));
    expect(made.map((id) => id.split('_')[0])).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
  });

  it('answers too late where the search is over', () => {
    const farm = new SimulatedFarm({ silent: ['decide'] });
    farm.submit(playedByModels(budget));
    while (farm.pending > 0) farm.deliver(0);
    farm.tick(9 * 60_000);
    const open = farm.log.state as OpenRun;
    expect(open.phase.name).not.toBe('searching');
    farm.inject({
      type: 'assignment-finished',
      run: RUN,
      assignment: `${RUN}_run_decide_1`,
      spent: { turns: 1, microUsd: 5, byModel: {} },
      notes: [],
      outcome: {
        status: 'done',
        result: { role: 'manager', actions: [{ kind: 'stop', reason: 'x' }], reason: 'late' },
      },
    });
    expect(farm.events.filter(({ type }) => type === 'search-stopped')).toEqual([]);
    expect((farm.log.state as OpenRun).ledger.charged[`${RUN}_run_decide_1`]?.microUsd).toBe(5);
  });
});
