import type { Job, PreparedData } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { play } from './testing/play.ts';
import { data, tree } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

const ROUNDS: Partial<PreparedData> = {
  rounds: ['a', 'b', 'c'].map((name) => ({ train: tree(`train ${name}`), score: tree(`rows ${name}`) })),
};

const jobsOf = (farm: SimulatedFarm): Job[] =>
  farm.records
    .flatMap(({ body }) => body.effects)
    .flatMap((one) => (one.type === 'submit-job' ? [one.job] : []));
const worksOf = (farm: SimulatedFarm, action: string) =>
  [...farm.assigned.values()].flatMap(({ work, candidate }) =>
    work.role === 'grader' && work.action === action ? [{ work, candidate }] : [],
  );
const eventsOf = (farm: SimulatedFarm) => farm.records.flatMap(({ body }) => body.events);

describe('where candidates are scored in rounds', () => {
  it('each is trained once a round, predicts the rows of that round with what that left, and is judged on all', () => {
    const farm = play([0], { prepared: ROUNDS });
    const jobs = jobsOf(farm).filter(({ candidate }) => candidate === 'c1');
    const trainings = jobs.filter(({ purpose }) => purpose === 'round');
    expect(trainings.map((job) => [job.data, job.command[1], job.priority])).toEqual(
      (ROUNDS.rounds ?? []).map(({ train }) => [train, 'train.py', 'normal']),
    );
    expect(trainings.map(({ variables }) => variables['MW_FINAL_ONLY'])).toEqual(['1', '1', '1']);
    const inferences = jobs.filter(({ id }) => /round-\d-rows/u.test(id));
    expect(inferences.map((job) => [job.data, job.inputs['model']?.tree])).toEqual(
      (ROUNDS.rounds ?? []).map(({ score }, round) => [score, tree(trainings[round]?.id ?? '')]),
    );
    const [asked] = worksOf(farm, 'score').filter(({ candidate }) => candidate === 'c1');
    expect(asked?.work).toMatchObject({ rounds: inferences.map(({ id }) => tree(id)) });
  });

  it('the test rows are predicted by the model that was trained on all rows', () => {
    const farm = play([0], { prepared: ROUNDS });
    const test = jobsOf(farm).find(({ candidate, id }) => candidate === 'c1' && id.includes('test-rows'));
    expect(test?.inputs['model']?.tree).toEqual(tree('c1-out'));
  });

  it('a candidate of which one round fails goes back to its coder with the reason', () => {
    const farm = play([0], { prepared: ROUNDS, failingJobs: ['c1_round-1_1'] });
    const broken = eventsOf(farm).find((event) => event.type === 'candidate-broken');
    expect(broken).toMatchObject({
      candidate: 'c1',
      feedback: expect.stringContaining('the training without the labels of round 2 failed'),
    });
  });

  it('a blend is put together from the same round of its members, not trained again', () => {
    const farm = play([0], { prepared: ROUNDS, blendWins: true });
    const blended = jobsOf(farm).filter(
      ({ candidate, purpose }) => candidate === 'blend' && purpose === 'round',
    );
    expect(blended.map(({ command }) => command[1])).toEqual(['assemble.py', 'assemble.py', 'assemble.py']);
    const members = jobsOf(farm).filter(({ id }) => /_c[12]_round-2_1$/u.test(id));
    expect(Object.values(blended[2]?.inputs ?? {}).map((one) => one.tree)).toEqual(
      members.map(({ id }) => tree(id)),
    );
  });

  it('what is derived from the training rows is derived anew for each round', () => {
    const farm = play([0], { prepared: ROUNDS, derives: true });
    const derived = jobsOf(farm).filter(
      ({ candidate, id }) => candidate === 'c1' && id.includes('derive-round'),
    );
    expect(derived.map((job) => job.data)).toEqual((ROUNDS.rounds ?? []).map(({ train }) => train));
    const first = jobsOf(farm).find(({ id }) => id.endsWith('_c1_round-0_1'));
    expect(first?.inputs['derived']?.tree).toEqual(tree(derived[0]?.id ?? ''));
  });
});

describe('when the time for the search is up', () => {
  it('a candidate whose rounds are not all trained is dropped where another one is scored', () => {
    const farm = new SimulatedFarm({ prepared: ROUNDS });
    farm.submit();
    const inRounds = () =>
      farm.log.state.stage === 'open' && farm.log.state.best !== null
        ? Object.values(farm.log.state.candidates).find(({ stage }) => stage === 'predicting')
        : undefined;
    while (farm.pending > 0 && inRounds() === undefined) farm.deliver(0);
    const late = inRounds()?.id;
    farm.tick(9 * 60_000);
    const dropped = eventsOf(farm).filter((event) => event.type === 'candidate-dropped');
    expect(dropped.map(({ candidate }) => candidate)).toContain(late);
    expect(dropped.at(-1)?.reason).toContain('the time for the search was up');
  });
});

describe('where rows are set apart', () => {
  it('nothing is trained in rounds', () => {
    expect(data().rounds).toBeUndefined();
    expect(jobsOf(play([0])).filter(({ purpose }) => purpose === 'round')).toEqual([]);
  });
});

describe('every candidate', () => {
  it('is compared with the best so far, and the questions to the hidden labels are counted', () => {
    const asked = worksOf(play([0]), 'score').map(({ work }) => work);
    expect(asked[0]).toMatchObject({ against: null, queries: 0 });
    expect(asked.slice(1).every((work) => 'against' in work && work.against !== null)).toBe(true);
    expect(asked.map((work) => ('queries' in work ? work.queries : null))).toEqual(asked.map((_, n) => n));
  });
});
