import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Faults } from './testing/faults.ts';
import { play } from './testing/play.ts';
import { RUN, tree } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

const eventsOf = (farm: SimulatedFarm) => farm.records.flatMap(({ body }) => body.events);
const auditedIn = (farm: SimulatedFarm) =>
  eventsOf(farm).flatMap((event) => (event.type === 'candidate-audited' ? [event] : []));
const sealedIn = (farm: SimulatedFarm) => eventsOf(farm).find((event) => event.type === 'winner-sealed');
const workOf = (farm: SimulatedFarm, id: string) => farm.assigned.get(`${RUN}_${id}`)?.work;

const PREPARED: Faults['prepared'] = {
  audit: { train: tree('audit-train'), score: tree('audit-score'), fold: 1 },
  shuffled: tree('shuffled'),
  probe: tree('probe'),
};

describe('a candidate that may win', () => {
  it('is trained without one of the folds and on shuffled targets, and judged by both', () => {
    const farm = play([0], { prepared: PREPARED });
    const jobs = farm.records.flatMap(({ body }) => body.effects);
    const data = (job: string) =>
      jobs.flatMap((one) =>
        one.type === 'submit-job' && one.job.id === `${RUN}_${job}` ? [one.job.data] : [],
      );
    expect(data('c2_audit-fold_1')).toEqual([tree('audit-train')]);
    expect(data('c2_audit-shuffled_1')).toEqual([tree('shuffled')]);
    expect(data('c2_audit-rows_1')).toEqual([tree('audit-score')]);
    expect(workOf(farm, 'c2_audit_1')).toMatchObject({
      fold: tree(`${RUN}_c2_audit-rows_1`),
      shuffled: tree(`${RUN}_c2_audit-shuffled_1`),
      reasons: [],
    });
    expect(auditedIn(farm).find(({ candidate }) => candidate === 'c2')?.trust.label).toBe('verified');
  });

  it('gives way to the next when that finds it out', () => {
    const farm = play([0], { prepared: PREPARED, suspicious: { audit: ['c2'] } });
    expect(sealedIn(farm)).toBeDefined();
    expect(sealedIn(farm)).not.toMatchObject({ candidate: 'c2' });
    const blending = workOf(farm, 'blend_blend_1');
    const members = blending?.role === 'aggregator' ? blending.members.map(({ candidate }) => candidate) : [];
    expect(members).not.toContain('c2');
  });

  it('is never one whose score is not believed', () => {
    const farm = play([0], { prepared: PREPARED, suspicious: { score: ['c2'] } });
    expect(eventsOf(farm)).not.toContainEqual(
      expect.objectContaining({ type: 'best-changed', candidate: 'c2' }),
    );
    expect(auditedIn(farm).map(({ candidate }) => candidate)).not.toContain('c2');
  });

  it('is delivered all the same where nothing else is there', () => {
    const all = ['c0', 'c1', 'c2', 'c3', 'c4'];
    const farm = play([0], { prepared: PREPARED, suspicious: { score: all } });
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    expect(sealedIn(farm)?.reason).toContain('NOT TO BE BELIEVED');
  });

  it('is judged by what there is when one of its trainings fails, and holds nothing up when none is left', () => {
    const some = play([0], { prepared: PREPARED, failingJobs: ['audit-fold'] });
    expect(workOf(some, 'c2_audit_1')).toMatchObject({ fold: null });
    expect(some.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
    const none = play([0], { prepared: PREPARED, failingJobs: ['audit-'], failing: ['_audit_'] });
    expect(none.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });

  it('is not looked at more closely where what it learns from is derived from all labels', () => {
    const farm = play([0], { prepared: PREPARED, derives: true });
    expect(auditedIn(farm)).toEqual([]);
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });
});

describe('a run with audits', () => {
  it('ends those that are under way when the time has come to seal, so that the refit need not wait for them', () => {
    const farm = new SimulatedFarm({ prepared: PREPARED });
    farm.submit();
    const isOrdered = () => farm.jobsSent.has(`${RUN}_c2_audit-fold_1`);
    while (!isOrdered()) farm.deliver(0);
    expect(sealedIn(farm)).toBeUndefined();
    // Of ten minutes.
    farm.tick(9.4 * 60_000);
    const sealing = farm.records.find(({ body }) => body.events.some(({ type }) => type === 'winner-sealed'));
    const ended = sealing?.body.effects.flatMap((one) => (one.type === 'cancel-job' ? [one.job] : []));
    expect(ended).toEqual(expect.arrayContaining([`${RUN}_c2_audit-fold_1`, `${RUN}_c2_audit-shuffled_1`]));
  });

  it('ends with a winner that is believed, whatever the order of messages and whatever fails', () => {
    const ids = fc.subarray(['c1', 'c2', 'c3', 'c4']);
    const jobs = fc.subarray(['audit-fold', 'audit-rows', 'audit-shuffled', 'probe-rows']);
    const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(draws, ids, ids, jobs, (drawn, scored, audited, failingJobs) => {
        const suspicious = { score: scored, audit: audited };
        const farm = play(drawn, { prepared: PREPARED, suspicious, failingJobs });
        expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
        expect(scored).not.toContain(sealedIn(farm)?.candidate);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the probe', () => {
  it('is predicted under the eyes of the kit, and goes to the grader with the code and the claim', () => {
    const farm = play([0], { prepared: PREPARED });
    const jobs = farm.records.flatMap(({ body }) => body.effects);
    const job = jobs.find((one) => one.type === 'submit-job' && one.job.id === `${RUN}_c2_probe-rows_1`);
    expect(job).toMatchObject({ job: { data: tree('probe') } });
    expect(JSON.stringify(job)).toContain('mw.watch');
    expect(workOf(farm, 'c2_score_1')).toMatchObject({
      probe: tree(`${RUN}_c2_probe-rows_1`),
      claimed: null,
    });
    expect(workOf(farm, 'c2_score_1')).toHaveProperty('version');
  });

  it('that cannot be predicted does not keep a candidate from its score', () => {
    const farm = play([0], { prepared: PREPARED, failingJobs: ['probe-rows'] });
    expect(workOf(farm, 'c2_score_1')).not.toHaveProperty('probe');
    expect(sealedIn(farm)).toBeDefined();
  });
});
