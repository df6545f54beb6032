/** How events open, stop, resume and close assignments, and open and close jobs. */
import type { Grant } from '@modelwright/contracts';
import { settledBesidesFloor } from './candidate.ts';
import { foldCandidate } from './fold-candidate.ts';
import { type Charge, chargeOf, type Ledger, reserve, settle } from './ledger.ts';
import type { RunEvent } from './log.ts';
import type { AssignmentState, EndedRun, JobState, OpenRun } from './run-state.ts';

type Of<Type extends RunEvent['type']> = Extract<RunEvent, { type: Type }>;
type AssignmentEvent = Of<
  'assignment-opened' | 'assignment-stopped' | 'assignment-resumed' | 'assignment-closed'
>;
type JobEvent = Of<'job-opened' | 'job-closed'>;

/** Ends that say nothing about whoever was at work: the run or the clock ended it. */
const NO_FAULT: ReadonlySet<string> = new Set(['cancelled', 'deadline-passed', 'closed-by-run']);

export function foldAssignment(run: OpenRun, event: AssignmentEvent): OpenRun {
  if (event.type === 'assignment-opened') return opened(run, event);
  const now = run.assignments[event.assignment];
  if (now === undefined) return run;
  switch (event.type) {
    case 'assignment-stopped':
      return withAssignment(run, { ...now, stage: 'stopped', stops: event.stop, waits: event.condition });
    case 'assignment-resumed':
      return withAssignment(run, { ...now, stage: 'working' });
    case 'assignment-closed':
      return { ...run, ...closed(run, now, event), strikes: strikesAfter(run, now, event) };
  }
}

/** After the end of a run as before it. */
export function closed<State extends Pick<EndedRun, 'assignments' | 'ledger'>>(
  { assignments, ledger }: State,
  now: AssignmentState,
  event: Of<'assignment-closed'>,
): Pick<EndedRun, 'assignments' | 'ledger'> {
  const { failure, provisional = false } = event;
  const took = tookSince(now.openedAt, event.at);
  const settled: AssignmentState = { ...now, stage: 'closed', failure, provisional, took };
  return {
    assignments: { ...assignments, [now.id]: settled },
    ledger: ledgerAfter(ledger, now, event),
  };
}

function opened(run: OpenRun, event: Of<'assignment-opened'>): OpenRun {
  const { assignment: id, role, action, candidate, player = null, grant = null, at } = event;
  const named = { id, role, action, candidate, stops: 0, player, grant, openedAt: at };
  const state: AssignmentState = { ...named, stage: 'working' };
  const next = foldCandidate(withAssignment(run, state), event);
  const { changes } = next;
  return {
    ...next,
    ledger: player?.kind === 'models' ? reserve(run.ledger, id, grantedOf(grant)) : run.ledger,
    shown: role === 'manager' ? { at, settled: settledBesidesFloor(run.candidates), changes } : run.shown,
  };
}

function ledgerAfter(ledger: Ledger, now: AssignmentState, event: Of<'assignment-closed'>): Ledger {
  if (now.player?.kind !== 'models') return ledger;
  const whole = grantedOf(now.grant);
  const settled = settle(ledger, now.id, event.provisional === true ? whole : chargeOf(event.spent));
  const inVain = event.kind === 'budget-spent' && event.spent.turns === 0;
  return inVain ? { ...settled, tooSmall: Math.max(ledger.tooSmall, whole.microUsd) } : settled;
}

function strikesAfter(
  run: OpenRun,
  now: AssignmentState,
  event: Of<'assignment-closed'>,
): OpenRun['strikes'] {
  const { strikes } = run;
  if (now.player?.kind !== 'models' || now.stage === 'closed') return strikes;
  if (event.failure === null) return { ...strikes, [now.role]: 0 };
  if (NO_FAULT.has(event.kind ?? '') || isFinding(run, now, event)) return strikes;
  return { ...strikes, [now.role]: (strikes[now.role] ?? 0) + 1 };
}

/** That a candidate cannot be written or tuned says something of the candidate, once its role has shown that it can work. */
function isFinding(run: OpenRun, { role }: AssignmentState, { kind }: Of<'assignment-closed'>): boolean {
  if (kind !== 'no-progress' || (role !== 'coder' && role !== 'tuner')) return false;
  return Object.values(run.assignments).some(
    (one) =>
      one.role === role && one.player?.kind === 'models' && one.stage === 'closed' && one.failure === null,
  );
}

function grantedOf(grant: Grant | null): Charge {
  return { microUsd: grant?.microUsd ?? 0, tokens: grant?.tokens ?? 0 };
}

export function foldJob(run: OpenRun, event: JobEvent): OpenRun {
  if (event.type === 'job-opened') {
    const { job: id, candidate, purpose, at } = event;
    return foldCandidate(withJob(run, { id, stage: 'open', candidate, purpose, openedAt: at }), event);
  }
  const { job: id, end, reason, seconds, output, isolation } = event;
  const open = run.jobs[id];
  const known =
    open?.stage === 'open'
      ? {
          ordered: { candidate: open.candidate, purpose: open.purpose },
          took: tookSince(open.openedAt, event.at),
        }
      : { ordered: null, took: null };
  return withJob(run, { id, stage: 'closed', end, reason, seconds, output, isolation, ...known });
}

/** Seconds; null where the record does not say when it ended, as older ones do not. */
function tookSince(openedAt: number, at: number | undefined): number | null {
  return at === undefined ? null : Math.max(0, at - openedAt) / 1000;
}

function withAssignment(run: OpenRun, assignment: AssignmentState): OpenRun {
  return { ...run, assignments: { ...run.assignments, [assignment.id]: assignment } };
}

function withJob(run: OpenRun, job: JobState): OpenRun {
  return { ...run, jobs: { ...run.jobs, [job.id]: job } };
}
