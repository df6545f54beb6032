/** Starts the program under a supervisor. Started twice, it finds the first start. */
import { endingWithoutProgram } from '../../core/ending.ts';
import type { JobEvent } from '../../core/job-state.ts';
import type { Environment } from '../executor.ts';
import { cancelReason, type JobContext } from '../job-context.ts';
import { placesOf } from './prepare.ts';

export async function start(
  context: JobContext,
  number: number,
  environment: Environment,
): Promise<JobEvent> {
  // The last look before anything runs: whoever took the job over meanwhile must be the only one.
  if (!(await context.claim.confirm())) return { type: 'superseded' };
  if (context.cancelled.aborted) {
    const reason = cancelReason(context.cancelled);
    return { type: 'ended', ending: endingWithoutProgram('cancelled', reason, context.clock()) };
  }
  const attempt = context.folder.attempt(number);
  const refused = await context.executor.start({
    job: context.job,
    attempt: number,
    claimRevision: context.claim.revision,
    places: placesOf(context, attempt),
    environment,
    accelerators: [],
  });
  return refused === null ? { type: 'started' } : { type: 'ended', ending: refused };
}
