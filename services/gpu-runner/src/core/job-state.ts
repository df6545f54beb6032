/**
 * The life of one job on this runner, from the moment it holds the claim. Each phase is a file in `handlers/phases`;
 * this says only what follows what.
 *
 *   fetching ─► preparing ─► starting ─► running ─► collecting ─► reporting ─► clearing ─► over
 *      ▲  │         │           │           │           ▲                         ▲
 *      │  └─────────┴─ refused, cancelled ──┼───────────┤                         │
 *      │                        │           │           │ given up                │
 *      └───── retrying ◄────────┴─── lost ──┤───────────┘                         │
 *                 └───── not here, not now ─┴─► giving-back ──────────────────────┘
 *
 *   The runner itself fails: starting, running, collecting, giving-back ─► reporting, as lost; reporting, clearing ─► left.
 *   superseded, in any phase: clearing, without a word.     leaving, in any phase: left, to be adopted after the restart.
 */
import type { JobOutcome } from '@modelwright/contracts';

/** How a program ended, without what is known only when its output was collected. */
export type Ending = Omit<
  JobOutcome,
  | 'job'
  | 'run'
  | 'attempt'
  | 'runner'
  | 'output'
  | 'stdoutTail'
  | 'stderrTail'
  | 'stopRule'
  | 'use'
  | 'assets'
  | 'environment'
> & {
  /** Why the machine under it is in doubt: something of the program could not be killed. Null: it is not. */
  readonly suspect: string | null;
};

/** As an attempt without progress; `fault`: and as one under which an accelerator failed. */
export type Counts = true | 'fault';

export type JobState =
  /** Code, data, inputs and the last checkpoint are brought into the attempt's folder. */
  | { readonly phase: 'fetching'; readonly attempt: number }
  /** Environment and assets are made ready. */
  | { readonly phase: 'preparing'; readonly attempt: number }
  | { readonly phase: 'starting'; readonly attempt: number }
  | { readonly phase: 'running'; readonly attempt: number }
  | { readonly phase: 'retrying'; readonly attempt: number; readonly cause: string }
  /** It goes back to the queue: another runner, or this one later, goes on from what was saved. */
  | {
      readonly phase: 'giving-back';
      readonly attempt: number;
      readonly cause: string;
      readonly counts?: Counts;
    }
  | { readonly phase: 'collecting'; readonly attempt: number; readonly ending: Ending }
  | { readonly phase: 'reporting'; readonly attempt: number; readonly outcome: JobOutcome }
  | { readonly phase: 'clearing'; readonly attempt: number }
  | { readonly phase: 'left'; readonly attempt: number }
  | { readonly phase: 'over'; readonly attempt: number };

/** A state in which there is something to do. */
export type LiveState = Exclude<JobState, { phase: 'over' | 'left' }>;

export type JobEvent =
  | { readonly type: 'fetched' }
  | { readonly type: 'prepared' }
  /** It will not be executed: refused, cancelled before the start, or given up. */
  | { readonly type: 'settled'; readonly ending: Ending }
  | { readonly type: 'started' }
  | { readonly type: 'ended'; readonly ending: Ending }
  | { readonly type: 'next-attempt'; readonly attempt: number }
  /** It cannot, or shall not, go on here and now. Nothing of it runs any more. `counts`: as an attempt without progress. */
  | { readonly type: 'unplaced'; readonly cause: string; readonly counts?: Counts }
  | { readonly type: 'given-back' }
  | { readonly type: 'collected'; readonly outcome: JobOutcome }
  | { readonly type: 'reported' }
  | { readonly type: 'cleared' }
  /** Another runner holds the claim now. */
  | { readonly type: 'superseded' }
  /** This process leaves; the program, if it runs, goes on. */
  | { readonly type: 'leaving' }
  /** The runner itself failed again and again; the message is among the dead letters, and the run is to know. */
  | { readonly type: 'given-up'; readonly outcome: JobOutcome }
  /** As before, where nothing can be reported, or everything was. */
  | { readonly type: 'abandoned' };

export interface Step {
  readonly state: JobState;
  readonly reason: string;
}

export function isLive(state: JobState): state is LiveState {
  return state.phase !== 'over' && state.phase !== 'left';
}

/** Before its program was started. */
export function isBeforeStart({ phase }: JobState): boolean {
  return phase === 'fetching' || phase === 'preparing' || phase === 'retrying';
}

/**
 * What becomes of a job when the runner itself has failed in this phase again and again: `report` that it is lost, or
 * `bury` it among the dead letters where reporting is what fails, or `leave` what was done with all but the clearing.
 */
export function whenGivenUp(state: LiveState): 'refuse' | 'report' | 'bury' | 'leave' {
  if (isBeforeStart(state)) return 'refuse';
  if (state.phase === 'reporting') return 'bury';
  return state.phase === 'clearing' ? 'leave' : 'report';
}

/** The next state. An event that makes no sense in the state changes nothing and says so. */
export function advance(state: JobState, event: JobEvent): Step {
  const { attempt } = state;
  if (!isLive(state)) return { state, reason: 'nothing follows' };
  switch (event.type) {
    case 'superseded':
      return { state: { phase: 'clearing', attempt }, reason: 'another runner has taken the job over' };
    case 'leaving':
      return { state: { phase: 'left', attempt }, reason: 'this process leaves, the job stays' };
    case 'abandoned':
      return { state: { phase: 'left', attempt }, reason: 'given up: the runner cannot handle it' };
    case 'given-up':
      return givenUp(state, event.outcome);
    case 'fetched':
      return during(state, 'fetching', { phase: 'preparing', attempt }, 'code and data are there');
    case 'prepared':
      return during(state, 'preparing', { phase: 'starting', attempt }, 'environment and assets are there');
    case 'started':
      return during(state, 'starting', { phase: 'running', attempt }, 'the program runs');
    case 'settled':
      return settled(state, event.ending);
    case 'ended':
      return ended(state, event.ending);
    case 'next-attempt':
      return during(state, 'retrying', { phase: 'fetching', attempt: event.attempt }, 'once more');
    case 'unplaced':
      return unplaced(state, event);
    case 'given-back':
      return during(state, 'giving-back', { phase: 'clearing', attempt }, 'it is in the queue again');
    case 'collected': {
      const reporting: JobState = { phase: 'reporting', attempt, outcome: event.outcome };
      return during(state, 'collecting', reporting, 'output is stored');
    }
    case 'reported':
      return during(state, 'reporting', { phase: 'clearing', attempt }, 'the outcome is known to all');
    case 'cleared':
      return during(state, 'clearing', { phase: 'over', attempt }, 'nothing is left here');
  }
}

function settled(state: LiveState, ending: Ending): Step {
  if (!isBeforeStart(state)) return unexpected(state, 'settled');
  return { state: { phase: 'collecting', attempt: state.attempt, ending }, reason: ending.reason };
}

/** A program that went down with its supervisor has not had its chance. */
function ended(state: LiveState, ending: Ending): Step {
  const { attempt } = state;
  if (state.phase !== 'starting' && state.phase !== 'running') return unexpected(state, 'ended');
  if (ending.end === 'lost')
    return { state: { phase: 'retrying', attempt, cause: ending.reason }, reason: ending.reason };
  return { state: { phase: 'collecting', attempt, ending }, reason: ending.reason };
}

function givenUp(state: LiveState, outcome: JobOutcome): Step {
  if (whenGivenUp(state) !== 'report') return unexpected(state, 'given-up');
  return { state: { phase: 'reporting', attempt: state.attempt, outcome }, reason: outcome.reason };
}

/** What was collected is reported and nothing else: from then on there is no way back to the queue. */
function unplaced(state: LiveState, { type, ...why }: Extract<JobEvent, { type: 'unplaced' }>): Step {
  const may = isBeforeStart(state) || state.phase === 'starting' || state.phase === 'running';
  if (!may) return unexpected(state, type);
  return { state: { phase: 'giving-back', attempt: state.attempt, ...why }, reason: why.cause };
}

function during(state: LiveState, phase: LiveState['phase'], next: JobState, reason: string): Step {
  return state.phase === phase ? { state: next, reason } : unexpected(state, `-> ${next.phase}`);
}

function unexpected(state: LiveState, what: string): Step {
  return { state, reason: `ignored while ${state.phase}: ${what}` };
}
