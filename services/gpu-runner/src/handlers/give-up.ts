/**
 * The runner itself has failed in a phase, again and again. The run hears of it where an outcome can still be written,
 * else it would wait until the job is overdue; people find a dead letter.
 */
import type { Job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { HeldClaim } from '../adapters/bus/claims.ts';
import type { DeliverySeat } from '../adapters/bus/delivery-seat.ts';
import type { JobFolder } from '../adapters/disk/job-folder.ts';
import { endingWithoutProgram, lostOutcome } from '../core/ending.ts';
import { type JobEvent, type LiveState, whenGivenUp } from '../core/job-state.ts';
import type { Holder } from '../core/retry.ts';
import type { Executor } from './executor.ts';

/** What of a job's context this needs. */
export interface GivingUpContext {
  readonly job: Job;
  readonly me: Holder;
  readonly clock: () => number;
  readonly logger: Pick<Logger, 'warn' | 'error'>;
  readonly executor: Pick<Executor, 'state' | 'stop'>;
  readonly folder: Pick<JobFolder, 'attempt'>;
  readonly claim: Pick<HeldClaim, 'update'>;
  readonly seat: Pick<DeliverySeat<Job>, 'deadLetter' | 'ack'>;
}

export async function giveUp(context: GivingUpContext, state: LiveState, error: unknown): Promise<JobEvent> {
  const reason = `the runner could not handle it (${state.phase}): ${error instanceof Error ? error.message : String(error)}`;
  context.logger.error({ err: error, phase: state.phase }, 'a job is given up');
  const then = whenGivenUp(state);
  if (then === 'refuse') {
    return { type: 'settled', ending: endingWithoutProgram('refused', reason, context.clock()) };
  }
  await endUnattended(context, state.attempt);
  // Its message speaks for it no more: it was answered, or is with somebody else.
  if (then === 'leave') return { type: 'abandoned' };
  await context.seat.deadLetter(reason);
  if (then === 'report') {
    const by = { attempt: state.attempt, runner: context.me.runner };
    return { type: 'given-up', outcome: lostOutcome(context.job, by, reason, context.clock()) };
  }
  await context.claim.update((claim) => ({ ...claim, state: 'closed' }));
  await context.seat.ack();
  return { type: 'abandoned' };
}

/** Nobody would read what a program of a job that was given up still does. */
async function endUnattended({ executor, folder, logger }: GivingUpContext, number: number): Promise<void> {
  const { path } = folder.attempt(number);
  try {
    if ((await executor.state(path)) === 'running') await executor.stop(path, 'its job was given up', 0);
  } catch (err) {
    logger.warn({ err }, 'the program of a job that was given up may still run, up to its limits');
  }
}
