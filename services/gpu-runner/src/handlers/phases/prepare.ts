/** Makes environment and assets ready, and writes down which: the start and the outcome need it, after a restart too. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AssetsResult } from '../../adapters/assets/assets.ts';
import type { AttemptFolder } from '../../adapters/disk/attempt-folder.ts';
import type { EnvironmentResult } from '../../adapters/environments/environments.ts';
import type { JobEvent } from '../../core/job-state.ts';
import { FRUITLESS_ATTEMPTS } from '../../core/retry.ts';
import type { JobContext } from '../job-context.ts';
import { cancelledBeforeStart, disturbed, orRefused, settledAs } from './before-start.ts';
import { patiently } from './patiently.ts';

export async function prepare(context: JobContext, number: number): Promise<JobEvent> {
  return await orRefused(context, async () => {
    const attempt = context.folder.attempt(number);
    const over = new AbortController();
    const made = patiently(
      () => provideAll(context, attempt),
      (all) => all.some((one) => one.kind === 'refused' && one.passing),
      (milliseconds) => delay(milliseconds, undefined, { signal: over.signal }),
    );
    // Building and downloading take minutes, and others may wait for the same: it goes on without this job.
    const ready = await Promise.race([made, disturbed(context, over.signal)]).finally(() => over.abort());
    if (!Array.isArray(ready)) return ready;
    const [environment, assets] = ready;
    if (environment.kind === 'refused') return notReady(context, environment);
    if (assets.kind === 'refused') return notReady(context, assets);
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

async function provideAll(
  context: JobContext,
  attempt: AttemptFolder,
): Promise<[EnvironmentResult, AssetsResult]> {
  return await Promise.all([
    context.environments.provide(context.job.environment, context.folder.path),
    provideAssets(context, attempt),
  ]);
}

/** A server that does not answer may answer another host, or later: some more tries are worth it. */
function notReady(
  context: JobContext,
  { reason, passing }: { readonly reason: string; readonly passing: boolean },
): JobEvent {
  const hopeless = context.claim.value.attemptsWithoutProgress >= FRUITLESS_ATTEMPTS;
  if (passing && !hopeless) return { type: 'unplaced', cause: reason, counts: true };
  return settledAs(context, 'refused', reason);
}

async function provideAssets(
  { job, assets, folder }: JobContext,
  attempt: AttemptFolder,
): Promise<AssetsResult> {
  if (job.assets.length === 0) return { kind: 'ready', records: [] };
  return await assets.provide(job, attempt.place('assets'), folder.path);
}
