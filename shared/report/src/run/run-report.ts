/** What the log says of a run: the fold of its records, in the words that a report needs. */
import type {
  Direction,
  Finding,
  PreparedData,
  RunEvent,
  RunRecord,
  Score,
  Spent,
  Task,
  TreeRef,
} from '@modelwright/contracts';
import { type CandidateReport, foldCandidate, isCandidateEvent } from './candidate-report.ts';
import { foldSpan, isSpanEvent, type Span } from './span.ts';

type Submitted = Extract<RunEvent, { type: 'run-started' }>['submitted'];

export interface RunReport {
  readonly submitted: Submitted | null;
  /** As submitted, or as setup proposed it. */
  readonly task: Task | null;
  /** Milliseconds since the epoch, as all times here. */
  readonly startedAt: number | null;
  readonly deadline: number | null;
  /** When the last record was written. */
  readonly seenAt: number;
  readonly phases: ReadonlyArray<{ readonly phase: string; readonly at: number }>;
  readonly data: PreparedData | null;
  readonly candidates: readonly CandidateReport[];
  readonly spans: readonly Span[];
  /** Who was the best from when on. */
  readonly best: ReadonlyArray<{ readonly candidate: string; readonly score: Score; readonly at: number }>;
  readonly winner: { readonly candidate: string; readonly reason: string } | null;
  readonly holdout: Score | null;
  /** Why there is none. */
  readonly noHoldout: string | null;
  readonly model: { readonly refitted: boolean; readonly reason: string } | null;
  readonly deliverable: TreeRef | null;
  readonly requirements: string | null;
  /** Whether the refitted model says what the scored one says; null where it was not asked. */
  readonly compared: { readonly agree: boolean; readonly notes: readonly string[] } | null;
  readonly verified: { readonly agree: boolean; readonly notes: readonly string[] } | null;
  readonly insights: ReadonlyArray<{
    readonly note: string;
    readonly role: string;
    readonly candidate: string;
  }>;
  readonly attention: ReadonlyArray<{ readonly subject: string; readonly reason: string }>;
  readonly takenOver: ReadonlyArray<{ readonly role: string; readonly reason: string }>;
  /** Of language models, by assignment; an assignment that is closed again counts with its last word. */
  readonly spending: ReadonlyMap<string, Spent>;
  /** Assignments that the playbook works on, which costs nothing. */
  readonly played: ReadonlySet<string>;
  readonly isolation: { readonly contained: number; readonly partial: number; readonly none: number };
  readonly end: { readonly outcome: string; readonly reason: string; readonly at: number } | null;
}

const NEW_RUN: RunReport = {
  submitted: null,
  task: null,
  startedAt: null,
  deadline: null,
  seenAt: 0,
  phases: [],
  data: null,
  candidates: [],
  spans: [],
  best: [],
  winner: null,
  holdout: null,
  noHoldout: null,
  model: null,
  deliverable: null,
  requirements: null,
  compared: null,
  verified: null,
  insights: [],
  attention: [],
  takenOver: [],
  spending: new Map(),
  played: new Set(),
  isolation: { contained: 0, partial: 0, none: 0 },
  end: null,
};

export function runReport(records: readonly RunRecord[]): RunReport {
  let run = NEW_RUN;
  for (const record of records) {
    run = record.events.reduce((now, event) => foldEvent(now, event, record.at), run);
    run = { ...run, seenAt: Math.max(run.seenAt, record.at) };
  }
  return run;
}

/** `maximize` before the data is prepared: nothing has been compared then. */
export function directionIn({ data }: RunReport): Direction {
  return data?.task.direction ?? 'maximize';
}

/** The candidate that was sealed; before that the best so far. */
export function chosenIn({ candidates, winner, best }: RunReport): CandidateReport | null {
  const id = winner?.candidate ?? best.at(-1)?.candidate;
  return candidates.find((candidate) => candidate.id === id) ?? null;
}

/** What the checks of the data found; warnings of before there were findings count as such. */
export function dataFindings({ data }: RunReport): Finding[] {
  const findings = data?.findings ?? [];
  const said = new Set(findings.map(({ evidence }) => evidence));
  const warnings = (data?.warnings ?? []).filter((warning) => !said.has(warning));
  return [
    ...findings,
    ...warnings.map((evidence) => ({
      check: 'data',
      severity: 'warning' as const,
      evidence,
      remedy: null,
    })),
  ];
}

function foldEvent(run: RunReport, event: RunEvent, at: number): RunReport {
  if (isCandidateEvent(event)) return { ...run, candidates: foldCandidate(run.candidates, event, at) };
  if (!isSpanEvent(event)) return foldDelivery(foldSearch(run, event, at), event);
  const seen = { ...run, spans: foldSpan(run.spans, event, at) };
  if (event.type === 'assignment-opened' && event.player?.kind === 'playbook') {
    return { ...seen, played: new Set(run.played).add(event.assignment) };
  }
  if (event.type === 'assignment-closed' && !run.played.has(event.assignment)) {
    return { ...seen, spending: new Map(run.spending).set(event.assignment, event.spent) };
  }
  if (event.type !== 'job-closed') return seen;
  const { isolation } = event;
  return { ...seen, isolation: { ...run.isolation, [isolation]: run.isolation[isolation] + 1 } };
}

function foldSearch(run: RunReport, event: RunEvent, at: number): RunReport {
  switch (event.type) {
    case 'run-started': {
      const { submitted, deadline } = event;
      return { ...run, submitted, task: submitted.task, startedAt: event.at, deadline };
    }
    case 'phase-entered':
      return { ...run, phases: [...run.phases, { phase: event.phase, at: event.at }] };
    case 'data-prepared':
      return { ...run, data: event.data, task: event.task ?? run.task };
    case 'best-changed':
      return { ...run, best: [...run.best, { candidate: event.candidate, score: event.score, at }] };
    case 'insights-noted': {
      const { role, candidate } = event;
      const noted = event.notes.map((note) => ({ note, role, candidate }));
      return { ...run, insights: [...run.insights, ...noted] };
    }
    case 'attention-needed':
      return { ...run, attention: [...run.attention, { subject: event.subject, reason: event.reason }] };
    case 'role-taken-over':
      return { ...run, takenOver: [...run.takenOver, { role: event.role, reason: event.reason }] };
    default:
      return run;
  }
}

function foldDelivery(run: RunReport, event: RunEvent): RunReport {
  switch (event.type) {
    case 'winner-sealed':
      return {
        ...run,
        ...afterFormer(run),
        winner: { candidate: event.candidate, reason: event.reason },
      };
    case 'holdout-opened':
      return { ...run, holdout: event.score };
    case 'holdout-unavailable':
      return { ...run, noHoldout: event.reason };
    case 'model-chosen':
      return { ...run, model: { refitted: event.refitted, reason: event.reason } };
    case 'model-compared':
      return { ...run, compared: { agree: event.agree, notes: event.notes } };
    case 'deliverable-packaged':
      return {
        ...run,
        deliverable: event.deliverable,
        requirements: event.requirements,
        verified: null,
      };
    case 'deliverable-verified':
      return { ...run, verified: { agree: event.agree, notes: event.notes } };
    case 'run-ended':
      return { ...run, end: { outcome: event.outcome, reason: event.reason, at: event.at } };
    default:
      return run;
  }
}

/** What is known of a winner that could not be proved says nothing about the next; the holdout is opened once. */
function afterFormer({ winner, holdout, noHoldout }: RunReport): Partial<RunReport> {
  if (winner === null) return {};
  const used = `it was opened for ${winner.candidate}, which could not be proved`;
  return {
    holdout: null,
    noHoldout: holdout === null ? noHoldout : used,
    model: null,
    compared: null,
    deliverable: null,
    requirements: null,
    verified: null,
  };
}
