/** The chosen model predicts the proof rows and the test rows: the record that the deliverable must reproduce. */
import type { TreeRef } from '@modelwright/contracts';
import { scoredModelInstead } from '../fall-back.ts';
import type { OpenRun } from '../run-state.ts';
import { join, step } from '../step.ts';
import { INFER, jobId, programOf, submit } from '../submit.ts';
import { proofRows, type Sealed, sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import type { Rule } from './rule.ts';

interface RecordJob {
  readonly id: string;
  readonly of: 'proof' | 'test';
  readonly data: TreeRef;
}

export const recordModel: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  const model = found?.winner.model;
  if (!found || !model || model.record !== null) return null;
  const { candidate } = found;
  const missing = recordJobs(run, found).filter((one) => run.jobs[one.id] === undefined);
  if (missing.length === 0) return null;
  return join(
    missing.map((one) =>
      submit(
        run,
        {
          id: one.id,
          candidate: candidate.id,
          purpose: 'infer',
          ...programOf(candidate.trained.version),
          command: INFER,
          data: one.data,
          inputs: { model: { tree: model.output, path: 'model' } },
          overlay: { 'config.json': JSON.stringify(candidate.trained.config) },
          reason: `the chosen model predicts the ${one.of} rows`,
        },
        now,
      ),
    ),
  );
};

export const collectRecord: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  const model = found?.winner.model;
  if (!found || !model || model.record !== null) return null;
  const ended = recordJobs(run, found).map((one) => ({ ...one, job: run.jobs[one.id] }));
  const failed = ended.find(({ job }) => job?.stage === 'closed' && outputOf(job) === null);
  if (failed !== undefined)
    return scoredModelInstead(run, `the chosen model failed on the ${failed.of} rows`, now);
  const proof = ended.find(({ of }) => of === 'proof');
  const predictions = outputOf(proof?.job);
  if (predictions === null || ended.some(({ job }) => job?.stage !== 'closed')) return null;
  const test = ended.find(({ of }) => of === 'test');
  return step('the record is made', [
    { type: 'model-recorded', predictions, test: test === undefined ? null : outputOf(test.job) },
  ]);
};

function recordJobs(run: OpenRun, { phase, winner, candidate }: Sealed): RecordJob[] {
  const id = (of: string) => jobId(run, candidate.id, `${of}-record`, winner.choices);
  const { test } = phase.data.datasets;
  const proof: RecordJob = { id: id('proof'), of: 'proof', data: proofRows(phase.data) };
  return test === null ? [proof] : [proof, { id: id('test'), of: 'test', data: test }];
}
