/** Folds a run's records into its state. Replay only folds; nothing here decides. */

import { foldAssignment, foldJob } from './fold-assignment.ts';
import { foldCandidate } from './fold-candidate.ts';
import { foldDelivery } from './fold-delivery.ts';
import type { RunEvent, RunRecord, StoredRecord } from './log.ts';
import { type OpenRun, type RunState, SLOTS_BEFORE_COUNT } from './run-state.ts';

/** A run's log as read so far. `last` is the stream sequence of the last accepted record, 0 before the first. */
export interface RunLog {
  readonly state: RunState;
  readonly last: number;
  /** Sequences of the records by the message that caused them. */
  readonly causes: Readonly<Record<string, number>>;
}

export const EMPTY_LOG: RunLog = { state: { stage: 'unborn' }, last: 0, causes: {} };

/**
 * Accepts a record, or returns the log unchanged where the writer had not seen everything: a record whose `previous`
 * is not the last accepted sequence is foreign and is skipped by every reader alike.
 */
export function accept(log: RunLog, stored: StoredRecord): RunLog {
  if (stored.body.previous !== log.last) return log;
  return {
    state: foldRecord(log.state, stored.body),
    last: stored.sequence,
    causes: { ...log.causes, [stored.body.cause.messageId]: stored.sequence },
  };
}

export function foldRecord(state: RunState, record: RunRecord): RunState {
  const next = record.events.reduce(foldEvent, state);
  if (next.stage !== 'open') return next;
  const assigned = { ...next.assigned };
  for (const effect of record.effects) {
    if (effect.type === 'assign') assigned[effect.assignment.id] = effect.assignment;
  }
  return { ...next, assigned };
}

export function foldEvent(state: RunState, event: RunEvent): RunState {
  if (event.type === 'run-started') {
    return {
      stage: 'open',
      submitted: event.submitted,
      task: event.submitted.task,
      startedAt: event.at,
      deadline: event.deadline,
      phase: { name: 'preparing' },
      candidates: {},
      assignments: {},
      assigned: {},
      jobs: {},
      best: null,
      slots: SLOTS_BEFORE_COUNT,
    };
  }
  if (state.stage !== 'open') return state;
  return foldOpen(state, event);
}

function foldOpen(run: OpenRun, event: Exclude<RunEvent, { type: 'run-started' }>): RunState {
  switch (event.type) {
    case 'data-prepared':
      return { ...run, task: event.task ?? run.task, phase: foldDelivery(run.phase, event) };
    case 'phase-entered':
    case 'winner-sealed':
    case 'holdout-opened':
    case 'holdout-unavailable':
    case 'model-chosen':
    case 'model-recorded':
    case 'deliverable-packaged':
    case 'deliverable-verified':
      return { ...run, phase: foldDelivery(run.phase, event) };
    case 'assignment-opened':
    case 'assignment-stopped':
    case 'assignment-resumed':
    case 'assignment-closed':
      return foldAssignment(run, event);
    case 'job-opened':
    case 'job-closed':
      return foldJob(run, event);
    case 'candidate-planned':
    case 'candidate-implemented':
    case 'candidate-trained':
    case 'candidate-predicted':
    case 'candidate-scored':
    case 'candidate-broken':
    case 'candidate-dropped':
      return foldCandidate(run, event);
    case 'best-changed':
      return { ...run, best: { candidate: event.candidate, score: event.score } };
    case 'slots-counted':
      return { ...run, slots: event.slots };
    case 'attention-needed':
    case 'actions-decided':
    case 'insights-noted':
    case 'search-stopped':
    case 'role-taken-over':
    case 'money-warned':
    case 'money-paused':
    case 'budget-raised':
      return run;
    case 'run-ended':
      return { stage: 'ended', submitted: run.submitted, outcome: event.outcome };
  }
}
