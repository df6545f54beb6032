/**
 * Makes an outcome known: RESULTS first, under the condition that there is none; then the run's inbox; then the claim
 * is closed; then the message is acknowledged. Each step repeated does no harm.
 */
import {
  inboxSubject,
  type JobOutcome,
  jobFinished,
  jobOutcome,
  jobOutcomeSubject,
} from '@modelwright/contracts';
import type { JobEvent } from '../../core/job-state.ts';
import type { JobContext, RunnerPorts } from '../job-context.ts';

export async function report(context: JobContext, outcome: JobOutcome): Promise<JobEvent> {
  if (!(await context.claim.confirm())) return { type: 'superseded' };
  const appended = await context.streams.append({
    definition: jobOutcome,
    subject: jobOutcomeSubject(outcome.run, outcome.job),
    body: outcome,
    messageId: `done:${outcome.job}`,
    run: outcome.run,
    expectedLast: 0,
  });
  const known = appended.kind === 'appended' ? outcome : await knownOutcome(context, outcome);
  await notify(context, known ?? outcome);
  await context.claim.update((claim) => ({ ...claim, state: 'closed' }));
  await context.seat.ack();
  return { type: 'reported' };
}

/** The outcome in RESULTS; null when there is none. */
export async function knownOutcome(
  { streams }: Pick<RunnerPorts, 'streams'>,
  of: { readonly run: string; readonly job: string },
): Promise<JobOutcome | null> {
  const stored = await streams.last('RESULTS', jobOutcomeSubject(of.run, of.job), jobOutcome);
  return stored?.body ?? null;
}

/** Tells the run. The id is derived from the job: a second notification is the same message. */
export async function notify({ streams }: Pick<RunnerPorts, 'streams'>, outcome: JobOutcome): Promise<void> {
  await streams.publish({
    definition: jobFinished,
    subject: inboxSubject(outcome.run),
    body: {
      type: 'job-finished',
      run: outcome.run,
      job: outcome.job,
      end: outcome.end,
      reason: outcome.reason,
      attempt: outcome.attempt,
      wallSeconds: outcome.wallSeconds,
      output: outcome.output,
      isolation: outcome.isolation.level,
    },
    messageId: `job-finished:${outcome.job}`,
    run: outcome.run,
  });
}
