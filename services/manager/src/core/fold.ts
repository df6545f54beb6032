/** Folds a run's records into its state. Replay only folds; nothing here decides. */

import { closed, foldAssignment, foldJob } from './fold-assignment.ts';
import { foldCandidate } from './fold-candidate.ts';
import { foldDelivery } from './fold-delivery.ts';
import { type Ledger, openLedger, raised } from './ledger.ts';
import type { RunEvent, StoredRecord } from './log.ts';
import { type EndedRun, type OpenRun, type RunState, SLOTS_BEFORE_COUNT } from './run-state.ts';
import type { Step } from './step.ts';

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

/** So many reasons of the last decisions that matter are remembered, each cut to so many characters. */
const RECENT = 12;
const RECENT_CHARACTERS = 600;
const MATTERS: ReadonlySet<RunEvent['type']> = new Set([
  'data-prepared',
  'candidate-planned',
  'candidate-scored',
  'candidate-broken',
  'candidate-dropped',
  'attention-needed',
  'actions-decided',
  'search-stopped',
  'finish-requested',
  'role-taken-over',
  'money-warned',
  'money-paused',
  'budget-raised',
]);

/** Or somebody is asked for plans, whoever decided it. */
function isOfWeight(event: RunEvent): boolean {
  return MATTERS.has(event.type) || (event.type === 'assignment-opened' && event.role === 'designer');
}

/** A decision, or a part of one. */
export function foldRecord(state: RunState, { events, effects, reason }: Step): RunState {
  const next = events.reduce(foldEvent, state);
  if (next.stage !== 'open') return next;
  const assigned = { ...next.assigned };
  for (const effect of effects) {
    if (effect.type === 'assign') assigned[effect.assignment.id] = effect.assignment;
  }
  const matters = events.some(isOfWeight);
  const recent = matters ? [...next.recent, reason.slice(0, RECENT_CHARACTERS)].slice(-RECENT) : next.recent;
  return { ...next, assigned, recent };
}

export function foldEvent(state: RunState, event: RunEvent): RunState {
  if (event.type === 'run-started') return begun(event);
  if (state.stage === 'ended') return foldEnded(state, event);
  return state.stage === 'open' ? foldOpen(state, event) : state;
}

function begun({ submitted, at, deadline }: Extract<RunEvent, { type: 'run-started' }>): OpenRun {
  return {
    stage: 'open',
    submitted,
    task: submitted.task,
    startedAt: at,
    deadline,
    phase: { name: 'preparing' },
    candidates: {},
    assignments: {},
    assigned: {},
    jobs: {},
    best: null,
    queries: 0,
    slots: SLOTS_BEFORE_COUNT,
    accelerators: [],
    ledger: openLedger(submitted.budget),
    strikes: {},
    takenOver: [],
    stopped: null,
    finishing: null,
    insights: [],
    recent: [],
    changes: 0,
    shown: null,
  };
}

/** Only what was spent can still become known. */
function foldEnded(run: EndedRun, event: RunEvent): EndedRun {
  if (event.type !== 'assignment-closed') return run;
  const now = run.assignments[event.assignment];
  return now === undefined ? run : { ...run, ...closed(run, now, event) };
}

type OfCandidate = Extract<RunEvent, { type: `candidate-${string}` }>;

function isOfCandidate(event: RunEvent): event is OfCandidate {
  return event.type.startsWith('candidate-');
}

function foldOpen(run: OpenRun, event: Exclude<RunEvent, { type: 'run-started' }>): RunState {
  if (isOfCandidate(event)) return foldCandidate(run, event);
  switch (event.type) {
    case 'data-prepared':
      return { ...run, task: event.task ?? run.task, phase: foldDelivery(run.phase, event) };
    case 'phase-entered':
    case 'winner-sealed':
    case 'holdout-opened':
    case 'holdout-unavailable':
    case 'model-chosen':
    case 'model-recorded':
    case 'model-compared':
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
    case 'best-changed':
      return { ...run, best: { candidate: event.candidate, score: event.score } };
    case 'slots-counted':
      return { ...run, slots: event.slots, accelerators: event.accelerators ?? run.accelerators };
    case 'insights-noted':
      return { ...run, insights: [...new Set([...run.insights, ...event.notes])] };
    case 'search-stopped':
    case 'finish-requested':
      return { ...run, ...stopped(run, event) };
    case 'role-taken-over':
      return { ...run, takenOver: [...run.takenOver, event.role] };
    case 'money-warned':
    case 'money-paused':
    case 'budget-raised':
      return { ...run, ledger: foldMoney(run.ledger, event) };
    case 'attention-needed':
    case 'actions-decided':
      return run;
    case 'run-ended': {
      const { submitted, assignments, ledger } = run;
      return { stage: 'ended', submitted, outcome: event.outcome, assignments, ledger };
    }
  }
}

function stopped(
  run: OpenRun,
  event: Extract<RunEvent, { type: 'search-stopped' | 'finish-requested' }>,
): Pick<OpenRun, 'stopped' | 'finishing'> {
  const { reason } = event;
  return {
    stopped: run.stopped ?? reason,
    finishing: event.type === 'finish-requested' ? { reason, refit: event.refit } : run.finishing,
  };
}

function foldMoney(
  ledger: Ledger,
  event: Extract<RunEvent, { type: 'money-warned' | 'money-paused' | 'budget-raised' }>,
): Ledger {
  switch (event.type) {
    case 'money-warned':
      return { ...ledger, warned: true };
    case 'money-paused':
      return { ...ledger, paused: true };
    case 'budget-raised':
      return raised(ledger, event.microUsd, event.tokens ?? null);
  }
}
