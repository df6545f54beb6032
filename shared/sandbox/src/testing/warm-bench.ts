/** Benches for tests of warm workers: the same program cold and warm, workers that are ready. */
import { beforeEach } from 'vitest';
import type { ExitRecord } from '../exit-record.ts';
import type { SandboxRequest } from '../spec.ts';
import { waitForExit } from '../wait-for-exit.ts';
import type { WarmWorker } from '../warm-worker.ts';
import { type JobBench, jobBench, testHost } from './job-bench.ts';
import { inAWarmWorker, type Ran, supervised, warmWorkerFor, whyNeverWarm } from './ways-to-run.ts';

export const WARM_NOTE = 'its interpreter had been started ahead of it';

export interface WarmBenches {
  readonly host: { readonly python: string };
  /** A fresh one for each test, removed after it. */
  bench(): Promise<JobBench>;
  /** The program, cold and warm. */
  bothWays(
    bench: JobBench,
    program: string,
    change?: (request: SandboxRequest) => SandboxRequest,
  ): Promise<{ readonly cold: Ran; readonly warm: Ran }>;
  /** A worker for such a request, ready. */
  ready(bench: JobBench, request: SandboxRequest, modules?: readonly string[]): Promise<WarmWorker>;
}

/** Tests of the file are skipped, saying why, where the host has no warm workers. */
export async function warmBenches(): Promise<WarmBenches> {
  const host = testHost();
  const missing = await whyNeverWarm(host);
  const benches: JobBench[] = [];
  beforeEach((context) => {
    if (missing !== null) context.skip(`this host has no warm workers: ${missing}`);
    return async () => {
      for (const one of benches.splice(0)) await one.remove();
    };
  });
  return {
    host,
    async bench() {
      const made = await jobBench(host.python);
      benches.push(made);
      return made;
    },
    async bothWays(bench, program, change = (request) => request) {
      const request = change(await bench.request(program));
      return {
        cold: await supervised(host, bench, request),
        warm: await inAWarmWorker(host, bench, request),
      };
    },
    async ready(bench, request, modules = []) {
      const worker = await warmWorkerFor(host, bench, request, modules);
      if (worker === null) throw new Error('no worker could ever take this');
      await worker.ready;
      return worker;
    },
  };
}

export async function endOf(jobdir: string): Promise<ExitRecord> {
  const exit = await waitForExit(jobdir, new AbortController().signal);
  if (exit === null) throw new Error('it has not ended');
  return exit;
}
