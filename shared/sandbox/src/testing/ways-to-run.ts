/** The ways in which a program comes to run contained: what holds for one must hold for the other. */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExitRecord } from '../exit-record.ts';
import type { SandboxHost } from '../interpreter.ts';
import { runContained } from '../run-contained.ts';
import type { SandboxRequest } from '../spec.ts';
import { supervise } from '../supervised-job.ts';
import { waitForExit } from '../wait-for-exit.ts';
import { withoutItsJob } from '../warm-request.ts';
import { WarmWorker } from '../warm-worker.ts';
import { type JobBench, jobBench } from './job-bench.ts';

export interface Ran {
  readonly exit: ExitRecord;
  readonly said: string;
  readonly complained: string;
}

export type WayToRun = (host: SandboxHost, bench: JobBench, request: SandboxRequest) => Promise<Ran>;

export const inItsOwnSandbox: WayToRun = async (host, _, request) => {
  const { exit, stdout, stderr } = await runContained(host, request);
  return { exit, said: stdout.toString('utf8'), complained: stderr.toString('utf8') };
};

/** In the background, as a runner does it. */
export const supervised: WayToRun = async (host, bench, request) => {
  const jobdir = join(bench.folder, 'cold');
  await mkdir(jobdir);
  await supervise(host, jobdir, request);
  return await ranIn(jobdir);
};

/** What no worker can be started for runs in a sandbox of its own, as it does in a runner. */
export const inAWarmWorker: WayToRun = async (host, bench, request) => {
  const worker = await warmWorkerFor(host, bench, request);
  if (worker === null) return await inItsOwnSandbox(host, bench, request);
  await worker.ready;
  const status = await worker.take(bench.jobdir, request);
  if (status === null) throw new Error('the warm worker took no job');
  return await ranIn(bench.jobdir);
};

async function ranIn(jobdir: string): Promise<Ran> {
  const exit = await waitForExit(jobdir, AbortSignal.timeout(60_000));
  if (exit === null) throw new Error('the program has not ended');
  return { exit, said: await lines(jobdir, 'stdout'), complained: await lines(jobdir, 'stderr') };
}

/** With these modules loaded; null for a request that none can serve. */
export async function warmWorkerFor(
  host: SandboxHost,
  bench: JobBench,
  request: SandboxRequest,
  modules: readonly string[] = [],
): Promise<WarmWorker | null> {
  const bare = withoutItsJob(request);
  const plan = { folder: join(bench.folder, 'warm'), modules };
  return bare === null ? null : await WarmWorker.start(host, { ...plan, request: bare });
}

/** Why this host has no warm workers; null where it has. */
export async function whyNeverWarm(host: SandboxHost): Promise<string | null> {
  const bench = await jobBench(host.python);
  try {
    const worker = await warmWorkerFor(host, bench, await bench.request('pass'));
    await worker?.ready;
    worker?.end();
    await worker?.gone;
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await bench.remove();
  }
}

async function lines(jobdir: string, stream: string): Promise<string> {
  const text = await readFile(join(jobdir, `${stream}.log`), 'utf8');
  return text.replaceAll(/^\d+\t/gm, '');
}
