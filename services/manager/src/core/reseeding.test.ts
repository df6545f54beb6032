import { describe, expect, it } from 'vitest';
import { play } from './testing/play.ts';
import { RUN } from './testing/samples.ts';
import type { SimulatedFarm } from './testing/simulated-farm.ts';

const eventsOf = (farm: SimulatedFarm) => farm.records.flatMap(({ body }) => body.events);
const reseededIn = (farm: SimulatedFarm) =>
  eventsOf(farm).flatMap((event) => (event.type === 'candidate-reseeded' ? [event] : []));
const placeOf = (farm: SimulatedFarm, id: string) => [...farm.assignmentsSent.keys()].indexOf(id);

describe('before the winner is sealed', () => {
  it('the few that lead within noise are trained with another seed and compared with the best of that time', () => {
    const farm = play([0]);
    const again = reseededIn(farm);
    expect(again.map(({ candidate }) => candidate).sort()).toEqual(['c1', 'c2', 'c4']);
    expect(new Set(again.map(({ seed }) => seed)).size).toBe(3);
    expect(new Set(again.map(({ comparison }) => comparison?.against)).size).toBe(1);
    const jobs = farm.records.flatMap(({ body }) => body.effects);
    const trained = jobs.flatMap((one) =>
      one.type === 'submit-job' && one.job.id === `${RUN}_c2_reseed_1` ? [one.job] : [],
    );
    const seed = again.find(({ candidate }) => candidate === 'c2')?.seed;
    expect(trained.map(({ variables }) => variables['MW_SEED'])).toEqual([String(seed)]);
  });

  it('they keep the decision layer of their first training, since the second makes a model alone', () => {
    const farm = play([0]);
    const trainedOf = (id: string) => {
      const work = farm.assigned.get(`${RUN}_${id}`)?.work;
      return work?.role === 'grader' && work.action === 'score' ? work.trained : null;
    };
    expect(trainedOf('c2_reseed_1')).not.toBeNull();
    expect(trainedOf('c2_reseed_1')).toEqual(trainedOf('c2_score_1'));
  });

  it('nobody is asked to blend before that is done', () => {
    const farm = play([0]);
    const blended = placeOf(farm, `${RUN}_blend_blend_1`);
    expect(blended).toBeGreaterThan(placeOf(farm, `${RUN}_c2_reseed_1`));
  });

  it('a training with another seed that fails holds nothing up', () => {
    const farm = play([0], { failingJobs: ['c2_reseed_1'], failing: ['c1_reseed'] });
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    expect(reseededIn(farm).map(({ candidate }) => candidate)).toEqual(['c4']);
  });

  it('the one whose two trainings are the better in the mean becomes the best', () => {
    const farm = play([0], { reseeded: { c1: 0.1 } });
    const changed = eventsOf(farm).filter((event) => event.type === 'best-changed');
    expect(changed.at(-1)).toMatchObject({ candidate: 'c1' });
    expect(eventsOf(farm).find((event) => event.type === 'winner-sealed')).toMatchObject({ candidate: 'c1' });
  });
});
