/** Removes what is left of a job here; a program that still runs (its job was taken over) is ended first. */
import type { JobEvent } from '../../core/job-state.ts';
import type { JobContext } from '../job-context.ts';

export async function clear(context: JobContext, number: number): Promise<JobEvent> {
  const { path } = context.folder.attempt(number);
  if ((await context.executor.state(path)) === 'running') {
    await context.executor.stop(path, 'another runner has taken the job over', 0);
    if ((await context.executor.ending(path, context.leaving)) === null) return { type: 'leaving' };
  }
  context.seat.close();
  await context.folder.remove();
  return { type: 'cleared' };
}
