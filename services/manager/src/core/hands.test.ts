import type { Assignment } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';
import type { Faults } from './testing/simulated-farm.ts';

const farmOf = (faults: Faults) => play([0], { modelsOnly: true, ...faults }, playedByModels());

function played(faults: Faults, part: string): [string, string][] {
  return [...farmOf(faults).assigned.values()]
    .filter(({ id }) => id.includes(part))
    .map(({ id, player }: Assignment) => [id.slice(id.indexOf('_') + 1), player.kind]);
}

const takenOver = (faults: Faults) =>
  farmOf(faults).events.flatMap((event) => (event.type === 'role-taken-over' ? [event.role] : []));

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

  it('is not done again where its time is over', () => {
    expect(played({ failing: ['c1_implement'], kind: 'deadline-passed' }, 'c1_')).toEqual([
      ['c1_implement_1', 'models'],
    ]);
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
