/** Makes environment and assets ready, and writes down which: the start and the outcome need it, after a restart too. */
import type { AssetsResult } from '../../adapters/assets/assets.ts';
import type { AttemptFolder } from '../../adapters/disk/attempt-folder.ts';
import type { JobEvent } from '../../core/job-state.ts';
import type { JobContext } from '../job-context.ts';
import { cancelledBeforeStart, disturbed, orRefused, settledAs } from './before-start.ts';

export async function prepare(context: JobContext, number: number): Promise<JobEvent> {
  return await orRefused(context, async () => {
    const attempt = context.folder.attempt(number);
    const made = Promise.all([
      context.environments.provide(context.job.environment, context.folder.path),
      provideAssets(context, attempt),
    ]);
    // Building and downloading take minutes, and others may wait for the same: it goes on without this job.
    const ready = await Promise.race([made, disturbed(context)]);
    if (!Array.isArray(ready)) return ready;
    const [environment, assets] = ready;
    if (environment.kind === 'refused') return settledAs(context, 'refused', environment.reason);
    if (assets.kind === 'refused') return settledAs(context, 'refused', assets.reason);
    const { python, folders, notes } = environment.environment;
    await attempt.keepProvided({
      at: context.clock(),
      environment: { python, folders: [...folders], notes: [...notes] },
      environmentKey: environment.key,
      assets: [...assets.records],
      assetsFolder: context.job.assets.length === 0 ? null : attempt.place('assets'),
    });
    return cancelledBeforeStart(context) ?? { type: 'prepared' };
  });
}

async function provideAssets(
  { job, assets, folder }: JobContext,
  attempt: AttemptFolder,
): Promise<AssetsResult> {
  if (job.assets.length === 0) return { kind: 'ready', records: [] };
  return await assets.provide(job, attempt.place('assets'), folder.path);
}
