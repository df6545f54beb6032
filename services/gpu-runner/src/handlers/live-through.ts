/** Carries a job from phase to phase: perform the phase, let the core say what follows, until it is over or left. */
import { setTimeout as delay } from 'node:timers/promises';
import { TransientFailure } from '@modelwright/bus';
import {
  advance,
  isBeforeStart,
  isLive,
  type JobEvent,
  type JobState,
  type LiveState,
} from '../core/job-state.ts';
import { giveUp } from './give-up.ts';
import { cancelReason, type JobContext } from './job-context.ts';
import { clear } from './phases/clear.ts';
import { collect } from './phases/collect.ts';
import { fetchWorkspace } from './phases/fetch-workspace.ts';
import { giveBack } from './phases/give-back.ts';
import { prepare } from './phases/prepare.ts';
import { report } from './phases/report.ts';
import { retry } from './phases/retry.ts';
import { start } from './phases/start.ts';
import { stream } from './phases/stream.ts';

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Failures in a row of the runner itself, in one phase. */
const PATIENCE = 3;

/** Resolves when the job is over, or left to a later process. */
export async function liveThrough(context: JobContext, from: JobState): Promise<void> {
  let state = from;
  while (isLive(state)) {
    const step = advance(state, await untilAnswered(context, state));
    context.logger.info({ from: state.phase, to: step.state.phase, reason: step.reason }, 'job');
    state = step.state;
  }
  context.seat.release();
}

function perform(context: JobContext, state: LiveState): Promise<JobEvent> {
  switch (state.phase) {
    case 'fetching':
      return fetchWorkspace(context, state.attempt);
    case 'preparing':
      return prepare(context, state.attempt);
    case 'starting':
      return start(context, state.attempt);
    case 'running':
      return stream(context, state.attempt);
    case 'retrying':
      return retry(context, state.attempt, state.cause);
    case 'giving-back':
      return giveBack(context, state.attempt, state.counts ?? false);
    case 'collecting':
      return collect(context, state.attempt, state.ending);
    case 'reporting':
      return report(context, state.outcome);
    case 'clearing':
      return clear(context, state.attempt);
  }
}

/** Phases may be repeated: what passes by itself (a bus that is away) is waited for, anything else has three tries. */
async function untilAnswered(context: JobContext, state: LiveState): Promise<JobEvent> {
  let faults = 0;
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    // A program that runs is accompanied until this process really leaves; nothing else is begun while it does.
    if (context.leaving.aborted && state.phase !== 'running') return { type: 'leaving' };
    if (context.handOver.aborted && isBeforeStart(state)) {
      return { type: 'unplaced', cause: cancelReason(context.handOver) };
    }
    try {
      return await perform(context, state);
    } catch (error) {
      context.logger.warn({ err: error, phase: state.phase }, 'a phase failed and is tried again');
      if (!(error instanceof TransientFailure)) faults += 1;
      if (faults >= PATIENCE) return await giveUp(context, state, error);
    }
    await delay(pauseMs, undefined, { signal: context.leaving }).catch(() => undefined); // leaving ends the pause
  }
}
