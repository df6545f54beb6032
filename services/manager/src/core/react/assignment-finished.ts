/**
 * An assignment has come to its end. A second final message of the same assignment says nothing new, unless the run had
 * closed it without waiting for one: then it says what was spent, and no more.
 */
import type { AssignmentFinished, Failure, RunEvent, WorkResult } from '@modelwright/contracts';
import { inTurn } from '../in-turn.ts';
import type { AssignmentState, EndedRun, OpenRun } from '../run-state.ts';
import { NOTHING, type Step, step } from '../step.ts';
import { onDecided } from './decided.ts';
import { failedThen } from './failed-then.ts';
import { onGraded } from './graded.ts';
import { onPlans } from './plans.ts';

export function onAssignmentFinished(run: OpenRun, message: AssignmentFinished, now: number): Step {
  const assignment = run.assignments[message.assignment];
  const { outcome } = message;
  if (assignment === undefined) return NOTHING;
  if (assignment.stage === 'closed') return onLateFinal(assignment, message);
  const failure =
    outcome.status === 'failed' ? outcome.failure : objectionTo(run, assignment, outcome.result);
  const closed = step('', [...noted(run, assignment, message), closing(message, failure, now)]);
  if (outcome.status === 'done' && failure === null) {
    const { result } = outcome;
    return inTurn(run, [() => closed, (next) => onResult(next, assignment, result, now)]);
  }
  return failure === null ? closed : inTurn(run, [() => closed, ...failedThen(assignment, failure, now)]);
}

/** Why a result is of no use: that of another role, or data without a task where there was none; null where it is. */
function objectionTo(run: OpenRun, { role }: AssignmentState, result: WorkResult): Failure | null {
  const message =
    result.role !== role
      ? `a ${role} has handed over what a ${result.role} makes`
      : result.role === 'setup' && (result.task ?? run.task) === null
        ? 'the data was handed over without a task'
        : null;
  if (message === null) return null;
  return { kind: 'wrong-result', message, retryable: false, origin: 'manager', causes: [] };
}

/** What it spent takes the place of what was charged for it. */
function onLateFinal(assignment: AssignmentState, { spent }: AssignmentFinished): Step {
  if (assignment.stage !== 'closed' || !assignment.provisional) return NOTHING;
  const { id, failure } = assignment;
  return step(`${id} has said what it spent`, [
    { type: 'assignment-closed', assignment: id, spent, failure, provisional: false },
  ]);
}

export function onFinishedAfterEnd(run: EndedRun, message: AssignmentFinished): Step {
  const assignment = run.assignments[message.assignment];
  return assignment === undefined ? NOTHING : onLateFinal(assignment, message);
}

function closing({ assignment, spent }: AssignmentFinished, failure: Failure | null, at: number): RunEvent {
  return {
    type: 'assignment-closed',
    assignment,
    spent,
    failure: failure?.message ?? null,
    at,
    ...(failure === null ? {} : { kind: failure.kind }),
  };
}

function noted(
  run: OpenRun,
  { id, role, candidate }: AssignmentState,
  message: AssignmentFinished,
): RunEvent[] {
  const notes = message.notes.filter((note) => !run.insights.includes(note));
  return notes.length === 0 ? [] : [{ type: 'insights-noted', assignment: id, role, candidate, notes }];
}

function onResult(run: OpenRun, assignment: AssignmentState, result: WorkResult, now: number): Step {
  const candidate = assignment.candidate;
  switch (result.role) {
    case 'setup':
      return onPrepared(result, now);
    case 'manager':
      return onDecided(run, assignment, result, now);
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
      return onBlend(candidate, result);
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

function onPrepared({ data, task }: Extract<WorkResult, { role: 'setup' }>, now: number): Step {
  const { rows, split } = data;
  return step(
    `the data is prepared: ${rows.train} rows to train on, ${rows.score} to score, ${rows.holdout} held out, split ${split.by}`,
    [
      { type: 'data-prepared', data, task },
      { type: 'phase-entered', phase: 'searching', at: now },
    ],
  );
}

function onTrained(run: OpenRun, candidate: string, result: Extract<WorkResult, { role: 'tuner' }>): Step {
  const now = run.candidates[candidate];
  if (now?.stage !== 'tuning') return NOTHING;
  const { trained, trials } = result;
  return step(`${candidate} is trained: ${result.reason}`, [
    { type: 'candidate-trained', candidate, plan: now.plan, trained, trials },
  ]);
}

function onBlend(candidate: string, { blend, reason }: Extract<WorkResult, { role: 'aggregator' }>): Step {
  if (blend === null) return step(`no blend: ${reason}`, []);
  const { plan, trained, weights } = blend;
  return step(`a blend of ${Object.keys(weights).join(', ')}: ${reason}`, [
    { type: 'candidate-planned', candidate, plan, parent: null, partner: null, guidance: null },
    { type: 'candidate-trained', candidate, plan, trained, trials: [], members: Object.keys(weights) },
  ]);
}
