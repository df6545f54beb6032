/** Makes environment and assets ready, and writes down which: the start and the outcome need it, after a restart too. */
import type { JobEvent } from '../../core/job-state.ts';
import type { JobContext } from '../job-context.ts';
import { cancelledBeforeStart, orRefused, settledAs } from './before-start.ts';

export async function prepare(context: JobContext, number: number): Promise<JobEvent> {
  return await orRefused(context, async () => {
    const environment = await context.environments.provide(context.job.environment, context.folder.path);
    if (environment.kind === 'refused') return settledAs(context, 'refused', environment.reason);
    const { python, folders, notes } = environment.environment;
    await context.folder.attempt(number).keepProvided({
      at: context.clock(),
      environment: { python, folders: [...folders], notes: [...notes] },
      environmentKey: environment.key,
      assets: [],
      assetsFolder: null,
    });
    return cancelledBeforeStart(context) ?? { type: 'prepared' };
  });
}
