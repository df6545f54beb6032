/** Runners with pretended GPUs on a real bus: why a job waits, who is drained, and where it goes when a GPU fails. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  claim,
  type Job,
  runnerControl,
  runnerControlKey,
  type Worker,
  worker,
  workerKey,
} from '@modelwright/contracts';
import { natsServersUnderTest } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PretendedGpus, pretendGpus } from './testing/pretended-smi/pretended-gpus.ts';
import { type RunnerBench, runnerBench } from './testing/runner-bench.ts';

const newest = natsServersUnderTest().at(-1);
const LONG = 60_000;

/** Says which GPUs it has, then waits for a file `go` in its output folder. */
const PATIENT =
  'import os, time\nprint(os.environ["CUDA_VISIBLE_DEVICES"], flush=True)\n' +
  'while not os.path.exists(os.environ["MW_OUT"] + "/go"): time.sleep(0.02)\n';
/** Saves a checkpoint and fails, as a program does whose GPU is gone; with a checkpoint it succeeds. */
const FAILS_ONCE =
  'import os, time\nresume = os.environ.get("MW_RESUME")\nout = os.environ["MW_OUT"]\n' +
  'print(os.environ["CUDA_VISIBLE_DEVICES"], "resumed" if resume else "began", flush=True)\n' +
  'if resume: raise SystemExit(0)\n' +
  'os.mkdir(out + "/checkpoint"); open(out + "/checkpoint/state", "w").close()\n' +
  'while not os.path.exists(out + "/go"): time.sleep(0.02)\nraise SystemExit(1)\n';

const wanting = (count: number): Partial<Job> => ({
  class: 'gpu',
  accelerators: { count, memoryBytes: null, shared: false },
});

describe.skipIf(newest?.server === null)('the queue of a farm', () => {
  let bench: RunnerBench;
  const gpus = new Map<string, PretendedGpus>();

  beforeEach(async () => {
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    bench = await runnerBench(newest.server);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
  });

  async function host(name: string, count: number): Promise<void> {
    const home = join(bench.home, 'runners', name);
    await mkdir(home, { recursive: true });
    const pretended = await pretendGpus(home, name, { count });
    gpus.set(name, pretended);
    await bench.spawn(name, {
      MODELWRIGHT_HOME: home,
      RUNNER_NVIDIA_SMI: pretended.smi,
      RUNNER_LOCKS: pretended.locks,
      RUNNER_KERNEL_LOG: pretended.kernelLog,
      RUNNER_ACCELERATOR_CHECK_SECONDS: '0.5',
      RUNNER_UID_BASE: String(1_900_000_000 + gpus.size * 100_000),
    });
  }

  async function letGo(runner: string, of: Job, attempt = 1): Promise<void> {
    const jobs = join(bench.home, 'runners', runner, 'runners', runner, 'jobs');
    await writeFile(join(jobs, of.id, `attempt-${attempt}`, 'out', 'go'), '');
  }

  /** The runner as the registry shows it, once it is as wished. */
  async function shown(name: string, is: (runner: NonNullable<Worker['runner']>) => boolean): Promise<void> {
    const over = new AbortController();
    const records = bench.bus.records('workers', worker);
    for await (const { value } of records.watch(workerKey('gpu-runner', name), over.signal)) {
      const runner = value?.runner ?? null;
      if (runner !== null && is(runner)) return over.abort();
    }
  }

  async function want(name: string, desired: 'take' | 'finish' | 'hand-over'): Promise<void> {
    const body = { runner: name, desired, reason: 'new driver' };
    await bench.bus.records('control', runnerControl).put(runnerControlKey(name), body);
  }

  test(
    'a job that waits is shown with its reason, is first in line, and starts with the last GPU it needs',
    async () => {
      await host('one', 3);
      const small = await bench.submit(PATIENT, wanting(2));
      await bench.firstLine(small);
      const large = await bench.submit('print("at last")', wanting(3));
      const reason = 'first in line: it needs 3 of the 3 whole accelerators: 1 free, 2 in use';
      await shown('one', ({ waiting, reservedFor }) => {
        const told = waiting?.find((one) => one.job === large.id)?.reason ?? '';
        return reservedFor === large.id && told.startsWith(reason);
      });
      // One is free, but not for whoever comes later.
      const later = await bench.submit('print("after it")', wanting(1));
      await letGo('one', small);
      const [first, second] = await Promise.all([bench.outcome(large), bench.outcome(later)]);
      expect(first).toMatchObject({ end: 'finished', stdoutTail: 'at last' });
      expect(second.startedAt).toBeGreaterThanOrEqual(first.startedAt);
      await shown('one', ({ reservedFor, waiting }) => reservedFor === null && waiting?.length === 0);
    },
    LONG,
  );

  test(
    'a job that one host can never execute is executed by the other',
    async () => {
      await host('small', 1);
      await host('large', 4);
      const asked = await bench.submit('print("here")', wanting(4));
      expect(await bench.outcome(asked)).toMatchObject({ end: 'finished', runner: 'large' });
    },
    LONG,
  );

  test(
    'a runner that is to finish ends what it has, takes nothing, says so, and takes again when it shall',
    async () => {
      await host('one', 2);
      const running = await bench.submit(PATIENT, wanting(1));
      await bench.firstLine(running);
      await want('one', 'finish');
      await shown('one', ({ drained }) => drained === 'the runner is drained: new driver');
      const waiting = await bench.submit('print("later")', wanting(1));
      await letGo('one', running);
      expect(await bench.outcome(running)).toMatchObject({ end: 'finished', attempt: 1 });
      await shown('one', ({ jobs }) => jobs.length === 0);
      expect(await bench.bus.records('claims', claim).get(waiting.id)).toBeNull();
      await want('one', 'take');
      expect(await bench.outcome(waiting)).toMatchObject({ end: 'finished', attempt: 1 });
    },
    LONG,
  );

  test(
    'what is first in line at a runner that is drained goes to another one',
    async () => {
      await host('one', 2);
      const running = await bench.submit(PATIENT, wanting(1));
      await bench.firstLine(running);
      const large = await bench.submit('print("elsewhere")', wanting(2));
      await shown('one', ({ reservedFor }) => reservedFor === large.id);
      await want('one', 'finish');
      await host('two', 2);
      expect(await bench.outcome(large)).toMatchObject({ end: 'finished', runner: 'two', attempt: 1 });
      await letGo('one', running);
      await bench.outcome(running);
    },
    LONG,
  );

  test(
    'a job whose GPU fails under it goes on with another one, from what it saved',
    async () => {
      await host('one', 2);
      const asked = await bench.submit(FAILS_ONCE, wanting(1));
      expect(await bench.firstLine(asked)).toBe('GPU-one-0 began');
      await gpus.get('one')?.log('NVRM: Xid (PCI:0000:10:00): 79, pid=1, GPU has fallen off the bus.');
      await letGo('one', asked);
      const outcome = await bench.outcome(asked);
      expect(outcome).toMatchObject({ end: 'finished', attempt: 2, stdoutTail: 'GPU-one-1 resumed' });
    },
    LONG,
  );
});
