/** An assignment has come to its end. A second final message of the same assignment says nothing new. */
import type { AssignmentFinished, WorkResult } from '@modelwright/contracts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { join, NOTHING, type Step, step } from '../step.ts';
import { onFailure } from './assignment-failed.ts';
import { onGraded } from './graded.ts';
import { onPlans } from './plans.ts';

export function onAssignmentFinished(run: OpenRun, message: AssignmentFinished, now: number): Step {
  const assignment = run.assignments[message.assignment];
  const { outcome } = message;
  if (assignment === undefined || assignment.stage === 'closed') return NOTHING;
  if (outcome.status === 'done' && outcome.result.role !== assignment.role) return NOTHING;
  const closed = step('', [
    {
      type: 'assignment-closed',
      assignment: message.assignment,
      spent: message.spent,
      failure: outcome.status === 'failed' ? outcome.failure.message : null,
    },
  ]);
  const follows =
    outcome.status === 'failed'
      ? onFailure(run, assignment, outcome.failure, now)
      : onResult(run, assignment, outcome.result, now);
  return join([closed, follows]);
}

function onResult(run: OpenRun, assignment: AssignmentState, result: WorkResult, now: number): Step {
  const candidate = assignment.candidate;
  switch (result.role) {
    case 'setup': {
      const { rows, split } = result.data;
      return step(
        `the data is prepared: ${rows.train} rows to train on, ${rows.score} to score, ${rows.holdout} held out, split ${split.by}`,
        [
          { type: 'data-prepared', data: result.data, task: result.task },
          { type: 'phase-entered', phase: 'searching', at: now },
        ],
      );
    }
    case 'manager':
      return step(result.reason, [
        {
          type: 'actions-decided',
          assignment: assignment.id,
          actions: result.actions,
          reason: result.reason,
        },
      ]);
    case 'designer':
      return onPlans(run, assignment, result.plans);
    case 'coder':
      return run.candidates[candidate]?.stage !== 'implementing'
        ? NOTHING
        : step(`${candidate} is implemented`, [
            { type: 'candidate-implemented', candidate, plan: result.plan, version: result.version },
          ]);
    case 'tuner':
      return onTrained(run, candidate, result);
    case 'aggregator':
      return result.blend === null
        ? step(`no blend: ${result.reason}`, [])
        : step(`a blend of ${Object.keys(result.blend.weights).join(', ')}: ${result.reason}`, [
            {
              type: 'candidate-planned',
              candidate,
              plan: result.blend.plan,
              parent: null,
              partner: null,
              guidance: null,
            },
            {
              type: 'candidate-trained',
              candidate,
              plan: result.blend.plan,
              trained: result.blend.trained,
              trials: [],
            },
          ]);
    case 'grader':
      return onGraded(run, assignment, result, now);
    case 'delivery':
      return step('the deliverable is packaged', [
        {
          type: 'deliverable-packaged',
          deliverable: result.deliverable,
          requirements: result.requirements,
        },
        { type: 'phase-entered', phase: 'verifying', at: now },
      ]);
  }
}

function onTrained(run: OpenRun, candidate: string, result: Extract<WorkResult, { role: 'tuner' }>): Step {
  const now = run.candidates[candidate];
  if (now?.stage !== 'tuning') return NOTHING;
  const { trained, trials } = result;
  return step(`${candidate} is trained: ${result.reason}`, [
    { type: 'candidate-trained', candidate, plan: now.plan, trained, trials },
  ]);
}
