/**
 * In a fresh environment, without network, training data or assets, the deliverable must predict what the record says, and what
 * it hands in must have the form that was asked for.
 */
import { assign, isUnderWay } from '../assign.ts';
import { scoredModelInstead } from '../fall-back.ts';
import { submit } from '../submit.ts';
import { lastAttempt } from '../twice.ts';
import { proofRows, sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import type { Rule } from './rule.ts';

const PROOF_ROWS =
  'python inference.py --model model --input "$MW_DATA" --output "$MW_OUT/final.csv" --raw "$MW_OUT"';
/** What comes of them must be what is handed in. */
const TEST_ROWS =
  'python inference.py --model model --input "$MW_INPUTS/test" --output "$MW_OUT/test/submission.csv" --raw "$MW_OUT/test"';
/** Building the environment is the runner's own time; this is for the program. */
const VERIFY_SECONDS = 600;

export const reproduceRecord: Rule = (run, now) => {
  const found = sealed(run, 'verifying');
  if (found === null) return null;
  const { candidate, winner, phase } = found;
  const { test } = phase.data.datasets;
  const { id, job } = lastAttempt(run, candidate.id, 'verify', winner.choices);
  if (job === undefined) {
    return submit(
      run,
      {
        id,
        candidate: candidate.id,
        purpose: 'verify',
        code: { kind: 'tree', tree: phase.deliverable.tree },
        command: ['sh', '-c', test === null ? `exec ${PROOF_ROWS}` : `${PROOF_ROWS} && exec ${TEST_ROWS}`],
        data: proofRows(phase.data),
        inputs: test === null ? {} : { test: { tree: test, path: null } },
        environment: { kind: 'requirements', text: phase.deliverable.requirements },
        wallSeconds: VERIFY_SECONDS,
        reason: 'the deliverable is proved in a fresh environment',
      },
      now,
    );
  }
  if (job.stage === 'open' || outputOf(job) !== null) return null;
  return scoredModelInstead(run, `the deliverable failed in a fresh environment: ${job.reason}`, now);
};

export const judgeReproduction: Rule = (run, now) => {
  const found = sealed(run, 'verifying');
  const model = found?.winner.model;
  if (!found || !model || model.record === null) return null;
  const { candidate, winner, phase } = found;
  const reproduced = outputOf(lastAttempt(run, candidate.id, 'verify', winner.choices).job);
  if (reproduced === null || isUnderWay(run, candidate.id, 'reproduce')) return null;
  return assign(
    run,
    {
      candidate: candidate.id,
      action: 'reproduce',
      work: {
        role: 'grader',
        action: 'reproduce',
        data: phase.data,
        record: model.record,
        reproduced,
        ...(model.test === null ? {} : { delivered: { tree: phase.deliverable.tree, test: model.test } }),
      },
      deadline: run.deadline,
      reason: 'the deliverable is compared with its record',
    },
    now,
  );
};
