/** A runner on a host that pretends to have GPUs: real programs, a real bus, real locks. */
import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Accelerator,
  acceleratorControl,
  acceleratorControlKey,
  type Job,
  type JobAccelerators,
  jobControl,
  jobControlKey,
  worker,
  workerKey,
} from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type PretendedGpus, pretendGpus } from './testing/pretended-smi/pretended-gpus.ts';
import { ended, type RunnerBench, runnerBench } from './testing/runner-bench.ts';

const GiB = 2 ** 30;
const LONG = 120_000;
const SAYS_WHAT_IT_HAS = [
  'import os',
  'for name in ("CUDA_VISIBLE_DEVICES", "MW_ACCELERATORS", "CUDA_DEVICE_ORDER"):',
  '    print(name, os.environ.get(name))',
].join('\n');
const untilTold = (out: string) =>
  ['import os, time', `print("holding ${out}", flush=True)`, 'time.sleep(600)'].join('\n');

describeOnNatsServers('a runner with GPUs', (server) => {
  let bench: RunnerBench;
  let gpus: PretendedGpus;
  let child: ChildProcess;
  const wish = (count: number, change: Partial<JobAccelerators> = {}): Partial<Job> => ({
    class: 'gpu',
    accelerators: { count, memoryBytes: null, shared: false, ...change },
  });
  const variables = () => ({
    RUNNER_SLOTS: '4',
    RUNNER_NVIDIA_SMI: gpus.smi,
    RUNNER_LOCKS: gpus.locks,
    RUNNER_KERNEL_LOG: gpus.kernelLog,
    RUNNER_ACCELERATOR_SAMPLE_SECONDS: '0.1',
    RUNNER_ACCELERATOR_CHECK_SECONDS: '0.2',
  });

  beforeAll(async () => {
    bench = await runnerBench(server);
    const folder = join(bench.home, 'gpus');
    await mkdir(folder);
    gpus = await pretendGpus(folder, 'a', { count: 4 });
    child = await bench.spawn('one', variables());
  }, LONG);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });
  beforeEach(async () => {
    for (const uuid of gpus.uuids) await gpus.change(uuid, { lost: null, usedMiB: 4, processes: [] });
  });

  /** The GPU as the registry shows it, once it is as wished. */
  async function shown(uuid: string, is: (one: Accelerator) => boolean): Promise<Accelerator> {
    const over = new AbortController();
    const records = bench.bus.records('workers', worker);
    for await (const change of records.watch(workerKey('gpu-runner', 'one'), over.signal)) {
      const one = change.value?.runner?.accelerators?.find((each) => each.uuid === uuid);
      if (one === undefined || !is(one)) continue;
      over.abort();
      return one;
    }
    throw new Error('the registry ended');
  }

  async function release(uuid: string): Promise<void> {
    const body = { accelerator: uuid, desired: 'released' as const, at: Date.now(), reason: 'looked at' };
    await bench.bus.records('control', acceleratorControl).put(acceleratorControlKey(uuid), body);
    await shown(uuid, (one) => one.state === 'free');
  }

  test(
    'gives a job its GPUs by name, and tells what it made of them',
    async () => {
      for (const uuid of gpus.uuids) await gpus.change(uuid, { utilisation: 80, usedMiB: 1024, watts: 300 });
      const asked = await bench.submit(`${SAYS_WHAT_IT_HAS}\nimport time\ntime.sleep(1)`, wish(2));
      const outcome = await bench.outcome(asked);
      expect(outcome.stdoutTail.split('\n').slice(0, 3)).toEqual([
        'CUDA_VISIBLE_DEVICES GPU-a-0,GPU-a-1',
        'MW_ACCELERATORS 2',
        'CUDA_DEVICE_ORDER PCI_BUS_ID',
      ]);
      expect(outcome.use).toMatchObject({
        accelerators: [
          { uuid: 'GPU-a-0', model: 'NVIDIA H100 80GB HBM3', vendor: 'nvidia' },
          { uuid: 'GPU-a-1', model: 'NVIDIA H100 80GB HBM3', vendor: 'nvidia' },
        ],
        utilisationPercent: 80,
        peakMemoryBytes: 2 * GiB,
      });
      expect(outcome.use?.samples).toBeGreaterThan(2);
      expect(outcome.use?.meanWatts).toBeCloseTo(600, 0);
      expect(outcome.use?.energyJoules).toBeGreaterThan(600);
    },
    LONG,
  );

  test(
    'hides all GPUs from a job that asked for none',
    async () => {
      const outcome = await bench.outcome(await bench.submit(SAYS_WHAT_IT_HAS));
      expect(outcome.stdoutTail).toContain('CUDA_VISIBLE_DEVICES \nMW_ACCELERATORS 0\n');
      expect(outcome.use).toBeNull();
    },
    LONG,
  );

  test(
    'shows what holds them, and holds them for it over its own death',
    async () => {
      const asked = await bench.submit(untilTold('three'), { ...wish(3), purpose: 'train' });
      await bench.firstLine(asked);
      expect(await shown('GPU-a-2', (one) => one.state === 'busy')).toMatchObject({ jobs: [asked.id] });
      await ended(child);
      child = await bench.spawn('one', variables());
      expect(await shown('GPU-a-2', () => true)).toMatchObject({ state: 'busy', jobs: [asked.id] });
      const next = await bench.submit(SAYS_WHAT_IT_HAS, wish(1));
      expect((await bench.outcome(next)).stdoutTail).toContain('CUDA_VISIBLE_DEVICES GPU-a-3\n');
      await bench.bus.records('control', jobControl).put(jobControlKey(asked.id), {
        job: asked.id,
        desired: 'cancelled',
        reason: 'the test is over',
      });
      expect((await bench.outcome(asked)).end).toBe('cancelled');
      await shown('GPU-a-2', (one) => one.state === 'free');
    },
    LONG,
  );

  test(
    'calls a program that ran out of GPU memory by that name',
    async () => {
      const program =
        'class OutOfMemoryError(RuntimeError): pass\nraise OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB.")';
      const outcome = await bench.outcome(await bench.submit(program, wish(1)));
      expect(outcome).toMatchObject({ end: 'out-of-memory', exhausted: 'accelerator', exitCode: 1 });
      expect(outcome.reason).toContain('Tried to allocate 20.00 GiB');
      expect((await shown('GPU-a-0', (one) => one.state !== 'busy')).state).toBe('free');
    },
    LONG,
  );

  test(
    'quarantines a GPU whose memory is exhausted with nothing on it, until a person releases it',
    async () => {
      await gpus.change('GPU-a-0', { usedMiB: 40_000 });
      const program = 'raise RuntimeError("CUDA error: out of memory")';
      const outcome = await bench.outcome(await bench.submit(program, wish(1)));
      expect(outcome.exhausted).toBe('accelerator');
      const sick = await shown('GPU-a-0', (one) => one.state === 'quarantined');
      expect(sick.reason).toContain('no process has anything on it: memory was not given back');
      const next = await bench.outcome(await bench.submit(SAYS_WHAT_IT_HAS, wish(1)));
      expect(next.stdoutTail).toContain('CUDA_VISIBLE_DEVICES GPU-a-1\n');
      await release('GPU-a-0');
    },
    LONG,
  );

  test(
    'quarantines a GPU that the kernel reports as broken, over a restart, but not for what a program did',
    async () => {
      await gpus.log('NVRM: Xid (PCI:0000:11:00): 13, pid=7, name=python, Graphics Exception');
      await gpus.log('NVRM: Xid (PCI:0000:12:00): 79, pid=7, name=python, GPU has fallen off the bus.');
      const sick = await shown('GPU-a-2', (one) => one.state === 'quarantined');
      expect(sick.reason).toBe('the kernel reported Xid 79: pid=7, name=python, GPU has fallen off the bus.');
      expect((await shown('GPU-a-1', () => true)).state).toBe('free');
      await ended(child);
      child = await bench.spawn('one', variables());
      expect((await shown('GPU-a-2', () => true)).state).toBe('quarantined');
      await release('GPU-a-2');
    },
    LONG,
  );

  test(
    'quarantines a GPU that nvidia-smi has lost',
    async () => {
      await gpus.change('GPU-a-3', { lost: 'handle' });
      const sick = await shown('GPU-a-3', (one) => one.state === 'quarantined');
      expect(sick.reason).toContain('Unable to determine the device handle for GPU0000:13:00.0');
      await gpus.change('GPU-a-3', { lost: null });
      await release('GPU-a-3');
    },
    LONG,
  );

  test(
    'gives nothing out while nvidia-smi does not work, and goes on when it does',
    async () => {
      await gpus.fail('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.');
      const idle = await shown('GPU-a-3', (one) => one.state === 'quarantined');
      expect(idle.reason).toMatch(/^for now: .*could not communicate with the NVIDIA driver/);
      const asked = await bench.submit(SAYS_WHAT_IT_HAS, wish(4));
      await gpus.fail(null);
      expect((await bench.outcome(asked)).stdoutTail).toContain('MW_ACCELERATORS 4');
    },
    LONG,
  );
});
