/**
 * The record that the deliverable must reproduce: what the chosen model predicts of the proof rows, and of the test rows. The
 * scored model has predicted most of them before.
 */
import type { TreeRef } from '@modelwright/contracts';
import { scoredModelInstead } from '../fall-back.ts';
import { outputOf } from '../round-jobs.ts';
import type { OpenRun } from '../run-state.ts';
import { join, step } from '../step.ts';
import { INFER, programOf, submit } from '../submit.ts';
import { lastAttempt } from '../twice.ts';
import { predictedByScored, proofRows, type Sealed, sealed } from '../winner.ts';
import type { Rule } from './rule.ts';

interface Part {
  readonly of: 'proof' | 'test';
  readonly data: TreeRef;
  /** What the model is known to predict; else it is asked. */
  readonly known: TreeRef | null;
}

export const recordModel: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  const model = found?.winner.model;
  if (!found || !model || model.record !== null) return null;
  const { candidate } = found;
  const missing = partsOf(run, found).flatMap((part) => {
    const { id, job } = attempt(run, found, part);
    return part.known === null && job === undefined ? [{ ...part, id }] : [];
  });
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
  const parts = partsOf(run, found).map((part) => {
    const { job } = attempt(run, found, part);
    const failed = part.known === null && job?.stage === 'closed' && outputOf(job) === null;
    return { ...part, predictions: part.known ?? outputOf(job), failed };
  });
  const failed = parts.find((part) => part.failed);
  if (failed !== undefined)
    return scoredModelInstead(run, `the chosen model failed on the ${failed.of} rows`, now);
  const proof = parts.find(({ of }) => of === 'proof')?.predictions ?? null;
  if (proof === null || parts.some(({ predictions }) => predictions === null)) return null;
  const test = parts.find(({ of }) => of === 'test')?.predictions ?? null;
  return step('the record is made', [{ type: 'model-recorded', predictions: proof, test }]);
};

function attempt(run: OpenRun, { candidate, winner }: Sealed, { of }: Part) {
  return lastAttempt(run, candidate.id, `${of}-record`, winner.choices);
}

function partsOf(run: OpenRun, found: Sealed): Part[] {
  const { data } = found.phase;
  const known = found.winner.model?.refitted === true ? null : predictedByScored(run, found);
  const { test } = data.datasets;
  const proof: Part = { of: 'proof', data: proofRows(data), known: known?.proof ?? null };
  return test === null ? [proof] : [proof, { of: 'test', data: test, known: known?.test ?? null }];
}
