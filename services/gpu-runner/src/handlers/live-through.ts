/** Carries a job from phase to phase: perform the phase, let the core say what follows, until it is over or left. */
import { setTimeout as delay } from 'node:timers/promises';
import { TransientFailure } from '@modelwright/bus';
import { endingWithoutProgram } from '../core/ending.ts';
import { advance, type JobEvent, type JobState } from '../core/job-state.ts';
import type { Environment } from './executor.ts';
import type { JobContext } from './job-context.ts';
import { clear } from './phases/clear.ts';
import { collect } from './phases/collect.ts';
import { prepare } from './phases/prepare.ts';
import { report } from './phases/report.ts';
import { retry } from './phases/retry.ts';
import { run } from './phases/run.ts';
import { start } from './phases/start.ts';

const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** Failures in a row of the runner itself, in one phase. */
const PATIENCE = 3;

/** Resolves when the job is over, or left to a later process. */
export async function liveThrough(context: JobContext, from: JobState): Promise<void> {
  const performer = new Performer(context);
  let state = from;
  while (state.phase !== 'over' && state.phase !== 'left') {
    const event = await untilAnswered(context, state, performer);
    const step = advance(state, event);
    context.logger.info({ from: state.phase, to: step.state.phase, reason: step.reason }, 'job');
    state = step.state;
  }
  context.seat.release();
}

class Performer {
  readonly #context: JobContext;
  /** Between `prepare` and `start` of one attempt. */
  #environment: Environment | null = null;

  constructor(context: JobContext) {
    this.#context = context;
  }

  async perform(state: Exclude<JobState, { phase: 'over' | 'left' }>): Promise<JobEvent> {
    const context = this.#context;
    switch (state.phase) {
      case 'preparing': {
        const { event, environment } = await prepare(context, state.attempt);
        this.#environment = environment;
        return event;
      }
      case 'starting':
        if (this.#environment === null) throw new Error('a job was to be started that had not been prepared');
        return await start(context, state.attempt, this.#environment);
      case 'running':
        return await run(context, state.attempt);
      case 'retrying':
        return await retry(context, state.attempt, state.cause);
      case 'collecting':
        return await collect(context, state.attempt, state.ending);
      case 'reporting':
        return await report(context, state.outcome);
      case 'clearing':
        return await clear(context, state.attempt);
    }
  }
}

/** Phases may be repeated: what passes by itself (a bus that is away) is waited for, anything else has three tries. */
async function untilAnswered(
  context: JobContext,
  state: Exclude<JobState, { phase: 'over' | 'left' }>,
  performer: Performer,
): Promise<JobEvent> {
  let faults = 0;
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    // A program that runs is accompanied until this process really leaves; nothing else is begun while it does.
    if (context.leaving.aborted && state.phase !== 'running') return { type: 'leaving' };
    try {
      return await performer.perform(state);
    } catch (error) {
      context.logger.warn({ err: error, phase: state.phase }, 'a phase failed and is tried again');
      if (!(error instanceof TransientFailure)) faults += 1;
      if (faults >= PATIENCE) return await giveUp(context, state, error);
    }
    await delay(pauseMs, undefined, { signal: context.leaving }).catch(() => undefined); // leaving ends the pause
  }
}

async function giveUp(context: JobContext, state: JobState, error: unknown): Promise<JobEvent> {
  const reason = `the runner could not handle it (${state.phase}): ${error instanceof Error ? error.message : String(error)}`;
  context.logger.error({ err: error, phase: state.phase }, 'a job is given up');
  if (state.phase === 'preparing' || state.phase === 'retrying') {
    return { type: 'settled', ending: endingWithoutProgram('refused', reason, context.clock()) };
  }
  await context.seat.deadLetter(reason);
  await context.claim.update((claim) => ({ ...claim, state: 'closed' }));
  await context.seat.ack();
  return { type: 'abandoned' };
}
