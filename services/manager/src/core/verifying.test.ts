import { describe, expect, it } from 'vitest';
import type { Faults } from './testing/faults.ts';
import { play } from './testing/play.ts';
import { data, tree } from './testing/samples.ts';

function proofOf(faults: Faults = {}) {
  const farm = play([0], faults);
  const effects = farm.records.flatMap(({ body }) => body.effects);
  const jobs = effects.flatMap((one) =>
    one.type === 'submit-job' && one.job.purpose === 'verify' ? [one.job] : [],
  );
  const works = effects.flatMap((one) => (one.type === 'assign' ? [one.assignment.work] : []));
  const judged = works.flatMap((one) => (one.role === 'grader' && one.action === 'reproduce' ? [one] : []));
  return { farm, job: jobs[0], judged: judged[0] };
}

describe('the proof of a deliverable', () => {
  it('predicts the test rows as well, and hands the submission to the grader', () => {
    const { job, judged } = proofOf();
    expect(job?.inputs).toEqual({ test: { tree: tree('test'), path: null } });
    expect(job?.command.join(' ')).toContain('"$MW_INPUTS/test"');
    expect(job?.code).toEqual({ kind: 'tree', tree: judged?.delivered?.tree });
    expect(judged?.delivered?.test).toBeDefined();
  });

  it('is about the rows that were held out alone where there is nothing to hand in', () => {
    const datasets = { ...data().datasets, test: null };
    const { farm, job, judged } = proofOf({ prepared: { datasets, form: null } });
    expect(job?.inputs).toEqual({});
    expect(job?.command.join(' ')).not.toContain('MW_INPUTS');
    expect(judged).not.toHaveProperty('delivered');
    expect(farm.log.state).toMatchObject({ stage: 'ended', outcome: 'finished' });
  });
});
