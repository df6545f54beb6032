/**
 * What a person is shown of a run: the fold of its log, as the manager wrote it.
 *
 * Like every reader it skips a record whose `previous` is not the sequence accepted last: its writer had not seen
 * everything.
 */
import type {
  BlobRef,
  InboxMessage,
  Phase,
  Role,
  RunEvent,
  RunRecord,
  Score,
  Task,
  TreeRef,
} from '@modelwright/contracts';
import {
  type CandidateEvent,
  type CandidateView,
  foldCandidateView,
  isCandidateEvent,
} from './candidate-view.ts';
import { foldMoney, type MoneyView, NO_MONEY } from './money-view.ts';
import { foldWork, isWorkEvent, NO_WORK, type WorkEvent, type WorkView } from './work-view.ts';

export type IsolationLevel = Extract<RunEvent, { type: 'job-closed' }>['isolation'];

export interface RunView {
  /** Stream sequence of the last accepted record, 0 before the first. */
  readonly last: number;
  readonly submitted: Extract<InboxMessage, { type: 'run-submitted' }> | null;
  /** As submitted, or as setup proposed it. */
  readonly task: Task | null;
  readonly phase: Phase | 'submitted';
  readonly startedAt: number | null;
  readonly deadline: number | null;
  readonly data: Extract<RunEvent, { type: 'data-prepared' }>['data'] | null;
  /** In the order they appeared. */
  readonly candidates: readonly CandidateView[];
  readonly work: WorkView;
  readonly money: MoneyView;
  /** What agents learned about the data, in the order they said it. */
  readonly insights: readonly Insight[];
  /** Roles that the playbook has answered for since a model failed at them, with reasons. */
  readonly takenOver: ReadonlyArray<{ readonly role: Role; readonly reason: string }>;
  readonly best: {
    readonly candidate: string;
    readonly score: Score;
    readonly submission: BlobRef | null;
  } | null;
  readonly delivery: DeliveryView;
  /** Subjects that could not be handled, with reasons. */
  readonly attention: ReadonlyArray<{ readonly subject: string; readonly reason: string }>;
  readonly end: {
    readonly outcome: 'finished' | 'failed' | 'cancelled';
    readonly reason: string;
    readonly at: number;
  } | null;
}

export interface Insight {
  readonly role: Role;
  readonly candidate: string;
  readonly note: string;
}

export interface DeliveryView {
  readonly winner: { readonly candidate: string; readonly reason: string } | null;
  readonly holdout:
    | { readonly kind: 'unopened' }
    | { readonly kind: 'opened'; readonly score: Score }
    | { readonly kind: 'unavailable'; readonly reason: string };
  readonly model: { readonly refitted: boolean; readonly reason: string } | null;
  readonly deliverable: TreeRef | null;
  readonly verified: { readonly agree: boolean; readonly notes: readonly string[] } | null;
}

export const NEW_VIEW: RunView = {
  last: 0,
  submitted: null,
  task: null,
  phase: 'submitted',
  startedAt: null,
  deadline: null,
  data: null,
  candidates: [],
  work: NO_WORK,
  money: NO_MONEY,
  insights: [],
  takenOver: [],
  best: null,
  delivery: { winner: null, holdout: { kind: 'unopened' }, model: null, deliverable: null, verified: null },
  attention: [],
  end: null,
};

export interface LogEntry {
  readonly sequence: number;
  readonly body: RunRecord;
}

/** The view after one more record; the same view where the record is foreign. */
export function foldEntry(view: RunView, entry: LogEntry): RunView {
  if (entry.body.previous !== view.last) return view;
  return { ...entry.body.events.reduce(foldEvent, view), last: entry.sequence };
}

export function viewOf(entries: Iterable<LogEntry>): RunView {
  let view = NEW_VIEW;
  for (const entry of entries) view = foldEntry(view, entry);
  return view;
}

function foldEvent(view: RunView, event: RunEvent): RunView {
  const seen: RunView = {
    ...view,
    work: isWorkEvent(event) ? foldWork(view.work, event) : view.work,
    money: foldMoney(view.money, event),
    candidates: isCandidateEvent(event) ? foldCandidateView(view.candidates, event) : view.candidates,
  };
  if (isWorkEvent(event) || isCandidateEvent(event)) return seen;
  return foldRunEvent(seen, event);
}

function foldRunEvent(view: RunView, event: Exclude<RunEvent, WorkEvent | CandidateEvent>): RunView {
  switch (event.type) {
    case 'run-started':
      return {
        ...view,
        submitted: event.submitted,
        task: event.submitted.task,
        phase: 'preparing',
        startedAt: event.at,
        deadline: event.deadline,
      };
    case 'phase-entered':
      return { ...view, phase: event.phase };
    case 'data-prepared':
      return { ...view, data: event.data, task: event.task ?? view.task };
    case 'best-changed':
      return {
        ...view,
        best: {
          candidate: event.candidate,
          score: event.score,
          submission: event.submission ?? view.best?.submission ?? null,
        },
      };
    case 'winner-sealed':
    case 'holdout-opened':
    case 'holdout-unavailable':
    case 'model-chosen':
    case 'model-recorded':
    case 'model-compared':
    case 'deliverable-packaged':
    case 'deliverable-verified':
      return { ...view, delivery: foldDelivery(view.delivery, event) };
    case 'attention-needed':
      return { ...view, attention: [...view.attention, { subject: event.subject, reason: event.reason }] };
    case 'insights-noted':
      return { ...view, insights: [...view.insights, ...insightsIn(event)] };
    case 'role-taken-over':
      return { ...view, takenOver: [...view.takenOver, { role: event.role, reason: event.reason }] };
    case 'slots-counted':
    case 'actions-decided':
    case 'search-stopped':
    case 'finish-requested':
    case 'money-warned':
    case 'money-paused':
    case 'budget-raised':
      return view;
    case 'run-ended':
      return {
        ...view,
        phase: event.outcome,
        work: { ...view.work, open: [] },
        end: { outcome: event.outcome, reason: event.reason, at: event.at },
      };
  }
}

function insightsIn(event: Extract<RunEvent, { type: 'insights-noted' }>): Insight[] {
  return event.notes.map((note) => ({ role: event.role, candidate: event.candidate, note }));
}

type DeliveryEvent = Extract<
  RunEvent,
  {
    type:
      | 'winner-sealed'
      | 'holdout-opened'
      | 'holdout-unavailable'
      | 'model-chosen'
      | 'model-recorded'
      | 'model-compared'
      | 'deliverable-packaged'
      | 'deliverable-verified';
  }
>;

function foldDelivery(view: DeliveryView, event: DeliveryEvent): DeliveryView {
  switch (event.type) {
    case 'winner-sealed':
      return {
        ...NEW_VIEW.delivery,
        winner: { candidate: event.candidate, reason: event.reason },
        holdout: holdoutAfter(view),
      };
    case 'holdout-opened':
      return { ...view, holdout: { kind: 'opened', score: event.score } };
    case 'holdout-unavailable':
      return { ...view, holdout: { kind: 'unavailable', reason: event.reason } };
    case 'model-chosen':
      return { ...view, model: { refitted: event.refitted, reason: event.reason } };
    case 'model-recorded':
    case 'model-compared':
      return view;
    case 'deliverable-packaged':
      return { ...view, deliverable: event.deliverable, verified: null };
    case 'deliverable-verified':
      return { ...view, verified: { agree: event.agree, notes: event.notes } };
  }
}

/** The holdout is opened once: of a winner that could not be proved it says nothing about the next. */
function holdoutAfter({ winner, holdout }: DeliveryView): DeliveryView['holdout'] {
  return winner === null || holdout.kind !== 'opened'
    ? holdout
    : { kind: 'unavailable', reason: `it was opened for ${winner.candidate}, which could not be proved` };
}
