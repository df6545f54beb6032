/**
 * The life of one job on this runner. Each phase is a file in `handlers/phases`; this says only what follows what.
 *
 *   preparing ─► starting ─► running ─► collecting ─► reporting ─► clearing ─► over
 *       ▲                      │ supervisor lost            ▲
 *       └────── retrying ◄─────┘──── given up ──────────────┘
 *
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
>;

export type JobState =
  | { readonly phase: 'preparing'; readonly attempt: number }
  | { readonly phase: 'starting'; readonly attempt: number }
  | { readonly phase: 'running'; readonly attempt: number }
  | { readonly phase: 'retrying'; readonly attempt: number; readonly cause: string }
  | { readonly phase: 'collecting'; readonly attempt: number; readonly ending: Ending }
  | { readonly phase: 'reporting'; readonly attempt: number; readonly outcome: JobOutcome }
  | { readonly phase: 'clearing'; readonly attempt: number }
  | { readonly phase: 'left'; readonly attempt: number }
  | { readonly phase: 'over'; readonly attempt: number };

export type JobEvent =
  | { readonly type: 'prepared' }
  /** It will not be executed: refused, cancelled before the start, or given up. */
  | { readonly type: 'settled'; readonly ending: Ending }
  | { readonly type: 'started' }
  | { readonly type: 'ended'; readonly ending: Ending }
  | { readonly type: 'next-attempt'; readonly attempt: number }
  | { readonly type: 'collected'; readonly outcome: JobOutcome }
  | { readonly type: 'reported' }
  | { readonly type: 'cleared' }
  /** Another runner holds the claim now. */
  | { readonly type: 'superseded' }
  /** This process leaves; the program, if it runs, goes on. */
  | { readonly type: 'leaving' }
  /** The runner itself failed again and again; the message is among the dead letters. */
  | { readonly type: 'abandoned' };

export interface Step {
  readonly state: JobState;
  readonly reason: string;
}

/** The next state. An event that makes no sense in the state changes nothing and says so. */
export function advance(state: JobState, event: JobEvent): Step {
  const { attempt } = state;
  if (state.phase === 'over' || state.phase === 'left') return { state, reason: 'nothing follows' };
  switch (event.type) {
    case 'superseded':
      return { state: { phase: 'clearing', attempt }, reason: 'another runner has taken the job over' };
    case 'leaving':
      return { state: { phase: 'left', attempt }, reason: 'this process leaves, the job stays' };
    case 'abandoned':
      return { state: { phase: 'left', attempt }, reason: 'given up: the runner cannot handle it' };
    case 'prepared':
      return during(
        state,
        'preparing',
        { phase: 'starting', attempt },
        'code, data and environment are there',
      );
    case 'started':
      return during(state, 'starting', { phase: 'running', attempt }, 'the program runs');
    case 'settled':
      return settled(state, event.ending);
    case 'ended':
      return ended(state, event.ending);
    case 'next-attempt':
      return during(state, 'retrying', { phase: 'preparing', attempt: event.attempt }, 'once more');
    case 'collected':
      return during(
        state,
        'collecting',
        { phase: 'reporting', attempt, outcome: event.outcome },
        'output is stored',
      );
    case 'reported':
      return during(state, 'reporting', { phase: 'clearing', attempt }, 'the outcome is known to all');
    case 'cleared':
      return during(state, 'clearing', { phase: 'over', attempt }, 'nothing is left here');
  }
}

function settled(state: JobState, ending: Ending): Step {
  if (state.phase !== 'preparing' && state.phase !== 'retrying') return unexpected(state, 'settled');
  return { state: { phase: 'collecting', attempt: state.attempt, ending }, reason: ending.reason };
}

/** A program that went down with its supervisor has not had its chance. */
function ended(state: JobState, ending: Ending): Step {
  const { attempt } = state;
  if (state.phase !== 'starting' && state.phase !== 'running') return unexpected(state, 'ended');
  if (ending.end === 'lost')
    return { state: { phase: 'retrying', attempt, cause: ending.reason }, reason: ending.reason };
  return { state: { phase: 'collecting', attempt, ending }, reason: ending.reason };
}

function during(state: JobState, phase: JobState['phase'], next: JobState, reason: string): Step {
  return state.phase === phase ? { state: next, reason } : unexpected(state, `-> ${next.phase}`);
}

function unexpected(state: JobState, what: string): Step {
  return { state, reason: `ignored while ${state.phase}: ${what}` };
}
