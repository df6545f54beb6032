/** Brings code, data, inputs and the last checkpoint into the folder of a new attempt. */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checkoutBundle } from '@modelwright/workspace';
import type { AttemptFolder } from '../../adapters/disk/attempt-folder.ts';
import { overlay } from '../../adapters/disk/overlay.ts';
import type { JobEvent } from '../../core/job-state.ts';
import type { JobContext } from '../job-context.ts';
import { cancelledBeforeStart, orRefused, settledAs } from './before-start.ts';

export async function fetchWorkspace(context: JobContext, number: number): Promise<JobEvent> {
  const attempt = context.folder.attempt(number);
  const unwanted = await context.control.whyUnwanted(context.job);
  if (unwanted !== null) return settledAs(context, 'cancelled', unwanted);
  await context.folder.open(context.job, number);
  await attempt.reset();
  return await orRefused(context, async () => {
    await Promise.all([
      fetchCode(context, attempt),
      fetchData(context, attempt),
      fetchCheckpoint(context, attempt),
      mkdir(attempt.place('out')),
    ]);
    return cancelledBeforeStart(context) ?? { type: 'fetched' };
  });
}

async function fetchCode({ job, store }: JobContext, attempt: AttemptFolder): Promise<void> {
  const work = attempt.place('work');
  if (job.code.kind === 'tree') {
    await store.getTree(job.code.tree, work);
  } else {
    const bundle = attempt.place('code.bundle');
    await store.getFile(job.code.bundle, bundle);
    await checkoutBundle(bundle, job.code.commit, work);
    await rm(bundle);
  }
  await overlay(work, job.overlay);
}

async function fetchData({ job, trees }: JobContext, attempt: AttemptFolder): Promise<void> {
  if (job.data !== null) await trees.provide(job.data, null, attempt.place('data'));
  const inputs = Object.entries(job.inputs);
  if (inputs.length > 0) await mkdir(attempt.place('inputs'));
  for (const [name, input] of inputs) {
    await trees.provide(input.tree, input.path, join(attempt.place('inputs'), name));
  }
}

/** Not through the cache: a checkpoint is used once. */
async function fetchCheckpoint({ claim, store }: JobContext, attempt: AttemptFolder): Promise<void> {
  const { checkpoint } = claim.value;
  if (checkpoint !== null) await store.getTree(checkpoint, attempt.place('resume'));
}
