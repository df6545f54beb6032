/** Brings code, data, environment and the last checkpoint into the folder of a new attempt. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PermanentFailure } from '@modelwright/bus';
import { checkoutBundle, GitFailure, WorkspaceRefusal } from '@modelwright/workspace';
import type { AttemptFolder } from '../../adapters/disk/job-folder.ts';
import { endingWithoutProgram } from '../../core/ending.ts';
import type { JobEvent } from '../../core/job-state.ts';
import type { Environment, Places } from '../executor.ts';
import { cancelReason, type JobContext } from '../job-context.ts';

export type Prepared = { readonly event: JobEvent; readonly environment: Environment | null };

/** Also tells the environment, which the start needs. */
export async function prepare(context: JobContext, number: number): Promise<Prepared> {
  const attempt = context.folder.attempt(number);
  const unwanted = await context.control.whyUnwanted(context.job);
  if (unwanted !== null) return settled(context, 'cancelled', unwanted);
  await context.folder.open(context.job, number);
  await attempt.reset();
  try {
    const [environment] = await Promise.all([
      context.environments.provide(context.job.environment),
      fetchCode(context, attempt),
      fetchData(context, attempt),
      fetchCheckpoint(context, attempt),
      mkdir(attempt.place('out')),
    ]);
    if (context.cancelled.aborted) return settled(context, 'cancelled', cancelReason(context.cancelled));
    if (environment.kind === 'refused') return settled(context, 'refused', environment.reason);
    return { event: { type: 'prepared' }, environment: environment.environment };
  } catch (error) {
    const refusal = [PermanentFailure, WorkspaceRefusal, GitFailure].some((kind) => error instanceof kind);
    if (error instanceof Error && refusal) return settled(context, 'refused', error.message);
    throw error;
  }
}

/** Where the program finds what `prepare` brought. */
export function placesOf({ job, claim }: JobContext, attempt: AttemptFolder): Places {
  return {
    record: attempt.path,
    work: attempt.place('work'),
    out: attempt.place('out'),
    data: job.data === null ? null : attempt.place('data'),
    inputs: Object.keys(job.inputs).length === 0 ? null : attempt.place('inputs'),
    resume: claim.value.checkpoint === null ? null : attempt.place('resume'),
    assets: null,
  };
}

function settled(context: JobContext, end: 'cancelled' | 'refused', reason: string): Prepared {
  return {
    event: { type: 'settled', ending: endingWithoutProgram(end, reason, context.clock()) },
    environment: null,
  };
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
  for (const [path, content] of Object.entries(job.overlay)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
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
