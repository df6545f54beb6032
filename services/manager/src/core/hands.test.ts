import type { Assignment, AssignmentFinished, InboxMessage } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';
import { data, plan, RUN } from './testing/samples.ts';
import { type Faults, SimulatedFarm } from './testing/simulated-farm.ts';

const farmOf = (faults: Faults) => play([0], { modelsOnly: true, ...faults }, playedByModels());

function played(faults: Faults, part: string): [string, string][] {
  return [...farmOf(faults).assigned.values()]
    .filter(({ id }) => id.includes(part))
    .map(({ id, player }: Assignment) => [id.slice(id.indexOf('_') + 1), player.kind]);
}

const takenOver = (faults: Faults) =>
  farmOf(faults).events.flatMap((event) => (event.type === 'role-taken-over' ? [event.role] : []));

function finalOf(assignment: string, outcome: AssignmentFinished['outcome']): InboxMessage {
  const spent = { turns: 1, microUsd: 1, byModel: {} };
  return { type: 'assignment-finished', run: RUN, assignment, spent, notes: [], outcome };
}

describe('work that language models fail at', () => {
  it('is done again by them, then by the playbook', () => {
    expect(played({ failing: ['c1_implement'] }, 'c1_implement')).toEqual([
      ['c1_implement_1', 'models'],
      ['c1_implement_2', 'models'],
      ['c1_implement_3', 'playbook'],
    ]);
  });

  it('changes hands for good after three failures in a row', () => {
    const faults = { failing: ['tune'] };
    expect(takenOver(faults)).toEqual(['tuner']);
    const paid = played(faults, 'tune').filter(([, kind]) => kind === 'models');
    // Of those that were under way at the same time each may fail once more.
    expect(paid.length).toBeLessThanOrEqual(5);
    expect(farmOf(faults).log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it.each(['no-model', 'not-allowed', 'quota-spent'])('changes hands at once after %s', (kind) => {
    const faults = { failing: ['portfolio'], kind };
    expect(takenOver(faults)).toEqual(['designer']);
    expect(played(faults, 'portfolio')).toEqual([
      ['run_portfolio_1', 'models'],
      ['run_portfolio_2', 'playbook'],
    ]);
  });

  it('is left at that where the agent says that it cannot be done', () => {
    expect(played({ failing: ['c1_implement'], kind: 'no-progress' }, 'c1_')).toEqual([
      ['c1_implement_1', 'models'],
    ]);
  });

  it('is done by the playbook where the run cannot do without', () => {
    expect(played({ failing: ['portfolio'], kind: 'no-progress' }, 'portfolio')).toEqual([
      ['run_portfolio_1', 'models'],
      ['run_portfolio_2', 'playbook'],
    ]);
  });

  it.each(['setup', 'portfolio'])(
    'is done by the playbook where all else waits for %s too long',
    (action) => {
      const submitted = { ...playedByModels(), task: null };
      const farm = play([0], { modelsOnly: true, failing: [action], kind: 'deadline-passed' }, submitted);
      const [models, playbook] = [...farm.assigned.values()].filter(({ id }) => id.includes(`run_${action}`));
      expect([models?.player.kind, playbook?.player.kind]).toEqual(['models', 'playbook']);
      // Of ten minutes.
      expect(models?.grant.deadline).toBe(1_000_000 + 5 * 60_000);
      expect(playbook?.grant.deadline).toBeGreaterThanOrEqual(1_000_000 + 8 * 60_000);
      expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    },
  );

  it.each(['c1_implement', 'c1_tune'])('is done by the playbook where %s took them their time', (step) => {
    const farm = farmOf({ failing: [step], kind: 'deadline-passed' });
    const [models, playbook, ...more] = [...farm.assigned.values()].filter(({ id }) => id.includes(step));
    expect([models?.player.kind, playbook?.player.kind, more]).toEqual(['models', 'playbook', []]);
    const minutes = [models, playbook].map((one) => ((one?.grant.deadline ?? 0) - 1_000_000) / 60_000);
    // Of ten minutes; the search ends after eight.
    expect(minutes).toEqual([expect.closeTo(step === 'c1_tune' ? 5.55 : 3, 1), 8]);
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it('is not done again where the time of the search is over', () => {
    const farm = new SimulatedFarm({ elsewhere: ({ id }) => id.includes('c1_implement') });
    farm.submit(playedByModels());
    while (farm.pending > 0) farm.deliver(0);
    farm.tick(8 * 60_000);
    const failure = { kind: 'deadline-passed', message: 'late', retryable: false, origin: 'x', causes: [] };
    farm.inject(finalOf(`${RUN}_c1_implement_1`, { status: 'failed', failure }));
    expect(farm.assigned.has(`${RUN}_c1_implement_2`)).toBe(false);
  });

  it('is done again where they hand over what another role makes', () => {
    const farm = new SimulatedFarm({ elsewhere: ({ id }) => id.endsWith('c1_implement_1') });
    farm.submit(playedByModels());
    while (farm.pending > 0) farm.deliver(0);
    farm.inject(
      finalOf(`${RUN}_c1_implement_1`, {
        status: 'done',
        result: { role: 'designer', plans: [plan('odd')] },
      }),
    );
    expect(farm.events).toContainEqual(
      expect.objectContaining({ assignment: `${RUN}_c1_implement_1`, kind: 'wrong-result' }),
    );
    expect(farm.assigned.has(`${RUN}_c1_implement_2`)).toBe(true);
  });

  it('is done again where they hand over data without a task', () => {
    const farm = new SimulatedFarm({ elsewhere: ({ id }) => id.endsWith('run_setup_1') });
    farm.submit({ ...playedByModels(), task: null });
    farm.deliver(0);
    farm.inject(
      finalOf(`${RUN}_run_setup_1`, { status: 'done', result: { role: 'setup', data: data(), task: null } }),
    );
    expect(farm.log.state).toMatchObject({ phase: { name: 'preparing' } });
    expect(farm.assigned.has(`${RUN}_run_setup_2`)).toBe(true);
  });

  it('stays theirs where they cannot do three candidates, and could do another', () => {
    const failing = ['c2_implement', 'c3_implement', 'c4_implement'];
    const submission = playedByModels({ candidates: 8 });
    const farm = play([0], { failing, modelsOnly: true, kind: 'no-progress' }, submission);
    expect(farm.events.filter(({ type }) => type === 'role-taken-over')).toEqual([]);
    expect(takenOver({ failing: ['implement'], kind: 'no-progress' })).toEqual(['coder']);
  });

  it('does not count where it was the run that ended it', () => {
    expect(takenOver({ failing: ['implement', 'tune'], kind: 'cancelled' })).toEqual([]);
  });

  it('leaves decisions to the rules where it was the manager model', () => {
    const faults: Faults = { failing: ['decide'] };
    expect(takenOver(faults)).toEqual(['manager']);
    expect(played(faults, 'decide').every(([, kind]) => kind === 'models')).toBe(true);
    expect(played(faults, 'revise')).not.toEqual([]);
    expect(farmOf(faults).log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });
});

describe('what an agent has noted about the data', () => {
  it('is told to those who work later', () => {
    const tuned = [...farmOf({}).assigned.values()].find(({ id }) => id.includes('c1_tune'));
    expect(tuned?.work).toMatchObject({
      insights: expect.arrayContaining([expect.stringContaining('c1_implement_1')]),
    });
  });
});
