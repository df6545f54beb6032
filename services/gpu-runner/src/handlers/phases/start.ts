/** Starts the program under a supervisor. Started twice, it finds the first start. */
import { recordHeld } from '../../adapters/accelerators/held-record.ts';
import type { AttemptFolder, Provided } from '../../adapters/disk/attempt-folder.ts';
import { endingWithoutProgram } from '../../core/ending.ts';
import type { JobEvent } from '../../core/job-state.ts';
import type { Places } from '../executor.ts';
import { cancelReason, type JobContext } from '../job-context.ts';

export async function start(context: JobContext, number: number): Promise<JobEvent> {
  const attempt = context.folder.attempt(number);
  const provided = await attempt.provided();
  if (provided === null) throw new Error('a job was to be started that had not been prepared');
  // The last look before anything runs: whoever took the job over meanwhile must be the only one.
  if (!(await context.claim.confirm())) return { type: 'superseded' };
  if (context.cancelled.aborted) {
    const reason = cancelReason(context.cancelled);
    return { type: 'ended', ending: endingWithoutProgram('cancelled', reason, context.clock()) };
  }
  const accelerators = context.accelerators.of(context.job.id);
  const missing = (context.job.accelerators?.count ?? 0) - accelerators.length;
  if (missing > 0) {
    return { type: 'unplaced', cause: `${missing} of its accelerators are not on this host any more` };
  }
  await recordHeld(attempt.path, accelerators);
  const answer = await context.executor.start({
    job: context.job,
    attempt: number,
    claimRevision: context.claim.revision,
    places: placesOf(context, attempt, provided),
    environment: provided.environment,
    accelerators,
  });
  if (answer === null) return { type: 'started' };
  if (!('notNow' in answer)) return { type: 'ended', ending: answer };
  context.accelerators.foundTaken(context.job.id, answer.notNow);
  return { type: 'unplaced', cause: answer.notNow };
}

/** Where the program finds what the phases before brought. */
function placesOf({ job, claim }: JobContext, attempt: AttemptFolder, { assetsFolder }: Provided): Places {
  return {
    record: attempt.path,
    work: attempt.place('work'),
    out: attempt.place('out'),
    data: job.data === null ? null : attempt.place('data'),
    inputs: Object.keys(job.inputs).length === 0 ? null : attempt.place('inputs'),
    resume: claim.value.checkpoint === null ? null : attempt.place('resume'),
    assets: assetsFolder,
  };
}
