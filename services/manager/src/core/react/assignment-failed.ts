/** An assignment has failed. Where its failure leads depends on whose it was: to the coder, to the next best, or to the end. */
import type { Failure } from '@modelwright/contracts';
import { AUDIT } from '../auditing.ts';
import { endRun } from '../end-run.ts';
import { scoredModelInstead } from '../fall-back.ts';
import { giveBack } from '../give-back.ts';
import { RESEED } from '../reseeding.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';
import { onCompared } from './graded.ts';

export function onFailure(run: OpenRun, assignment: AssignmentState, failure: Failure, now: number): Step {
  const { candidate } = assignment;
  switch (assignment.role) {
    case 'setup':
      return endRun(run, 'failed', failure.message, now);
    case 'manager':
      return step(`no decision of the manager model: ${failure.message}`, []);
    case 'designer':
      return step(`no plans: ${failure.message}`, [
        { type: 'attention-needed', subject: assignment.id, reason: `no plans: ${failure.message}` },
      ]);
    case 'coder':
      return step(`${candidate} is dropped`, [
        { type: 'candidate-dropped', candidate, reason: `not implemented: ${failure.message}` },
      ]);
    case 'tuner':
      return giveBack(run, candidate, `training failed: ${failure.message}`);
    case 'aggregator':
      return step(`no blend: ${failure.message}`, []);
    case 'grader':
      return onGraderFailure(run, assignment, failure, now);
    case 'delivery':
      return scoredModelInstead(run, `the deliverable could not be packaged: ${failure.message}`, now);
  }
}

function onGraderFailure(run: OpenRun, assignment: AssignmentState, failure: Failure, now: number): Step {
  const { candidate, action } = assignment;
  if (action === 'score')
    return giveBack(run, candidate, `its predictions could not be scored: ${failure.message}`);
  if (action === 'holdout') {
    return step(`the holdout could not be scored: ${failure.message}`, [
      { type: 'holdout-unavailable', candidate, reason: failure.message },
    ]);
  }
  if (action === RESEED)
    return step(`${candidate} could not be scored with another seed: ${failure.message}`, []);
  if (action === AUDIT) return step(`${candidate} could not be audited: ${failure.message}`, []);
  if (action === 'agreement')
    return onCompared(run, false, [`the two could not be compared: ${failure.message}`]);
  return scoredModelInstead(
    run,
    `the deliverable could not be compared with its record: ${failure.message}`,
    now,
  );
}
