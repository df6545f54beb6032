/**
 * A program in the background. Its supervisor is a process of its own: it outlives whoever started it,
 * and everything about the job is in the job's folder, so that any later process can go on with it.
 */
import { access, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { exitRecord, isolationRecord } from './exit-record.ts';
import { answers, SandboxError, type SandboxHost } from './interpreter.ts';
import { readExit } from './read-exit.ts';
import { type SandboxRequest, sandboxSpec } from './spec.ts';

const supervisorRecord = z.object({
  pid: z.int(),
  startedAt: z.int(),
  uid: z.int().nullable(),
  isolation: isolationRecord.nullable(),
});

export const jobStatus = z.discriminatedUnion('state', [
  /** Never started. */
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('starting'), supervisor: supervisorRecord.nullable() }),
  z.object({ state: z.literal('running'), supervisor: supervisorRecord }),
  /** The supervisor is gone without an exit record: `reap` it. */
  z.object({ state: z.literal('lost'), supervisor: supervisorRecord }),
  z.object({ state: z.literal('ended'), exit: exitRecord }),
]);
export type JobStatus = z.infer<typeof jobStatus>;

/** Nothing was started: another job of this host holds a lock that the spec names. The folder may be used again. */
export const notNow = z.object({ state: z.literal('not-now'), reason: z.string() });
export type NotNow = z.infer<typeof notNow>;

/**
 * Starts the program in the background. `jobdir` must exist and be fresh; a folder serves one execution.
 * Returns once the program runs, or has an exit record because it could not be started.
 */
export async function supervise(
  host: SandboxHost,
  jobdir: string,
  request: SandboxRequest,
): Promise<JobStatus | NotNow> {
  await writeSpec(jobdir, request);
  return only(
    await answers(host, ['supervise', jobdir], z.discriminatedUnion('state', [...jobStatus.options, notNow])),
  );
}

export async function statusOf(host: SandboxHost, jobdir: string): Promise<JobStatus> {
  return (await knownAtOnce(jobdir)) ?? only(await answers(host, ['status', jobdir], jobStatus));
}

/** As `statusOf`; a job whose supervisor was killed is swept up first and has ended as `lost` then. */
export async function reap(host: SandboxHost, jobdir: string): Promise<JobStatus> {
  return (await knownAtOnce(jobdir)) ?? only(await answers(host, ['reap', jobdir], jobStatus));
}

/** Asks the supervisor to end the program: SIGTERM, grace, SIGKILL. The first reason counts. */
export async function stop(jobdir: string, order: { reason: string; graceSeconds?: number }): Promise<void> {
  const temporary = join(jobdir, `stop.${process.pid}.new`);
  await writeFile(temporary, JSON.stringify(order));
  await rename(temporary, join(jobdir, 'stop'));
}

export async function writeSpec(jobdir: string, request: SandboxRequest): Promise<void> {
  await writeFile(join(jobdir, 'spec.json'), JSON.stringify(sandboxSpec.parse(request), null, 1));
}

/** The two states that need nobody who can look at a lock: no spec was written, or there is an exit record. */
async function knownAtOnce(jobdir: string): Promise<JobStatus | null> {
  const exit = await readExit(jobdir);
  if (exit !== null) return { state: 'ended', exit };
  return (await exists(join(jobdir, 'spec.json'))) ? null : { state: 'absent' };
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  );
}

function only<Status>(found: Status[]): Status {
  const [status] = found;
  if (status === undefined) throw new SandboxError('mw_sandbox gave no answer');
  return status;
}
