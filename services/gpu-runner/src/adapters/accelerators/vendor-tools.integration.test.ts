/** The vendors' tools, played by small programs that answer in their formats. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createLogger } from '@modelwright/telemetry';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { pretendGpus } from '../../testing/pretended-smi/pretended-gpus.ts';
import { chooseProbe } from './choose-probe.ts';
import { NvidiaProbe } from './nvidia.ts';
import { ToolFailed } from './probe.ts';
import { RocmProbe } from './rocm.ts';
import { acceleratorSettings } from './settings.ts';

const MiB = 2 ** 20;
const logger = createLogger({ service: 'gpu-runner', name: 'test', level: 'silent' });
let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder('mw-smi-');
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

async function file(path: string, text = ''): Promise<string> {
  const whole = join(folder.path, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, text, { mode: 0o755 });
  return whole;
}

describe('nvidia-smi', () => {
  test('tells of whole GPUs, the files that lead to them and what is near them', async () => {
    const gpus = await pretendGpus(folder.path, 'a', {
      count: 2,
      change: (gpu) => ({ minor: gpu.index + 4 }),
    });
    for (const name of ['nvidia5', 'nvidiactl', 'nvidia-uvm']) await file(`dev/${name}`);
    await file('sys/bus/pci/devices/0000:11:00.0/numa_node', '1\n');
    const [first, second] = await new NvidiaProbe(gpus.smi, folder.path).discover();
    expect(first).toMatchObject({ uuid: 'GPU-a-0', index: 0, pci: '0000:10:00.0', numaNode: null });
    expect(second).toEqual({
      uuid: 'GPU-a-1',
      index: 1,
      vendor: 'nvidia',
      model: 'NVIDIA H100 80GB HBM3',
      memoryBytes: 81_559 * MiB,
      driver: '550.54.15',
      parent: null,
      pci: '0000:11:00.0',
      numaNode: 1,
      deviceFiles: ['nvidia5', 'nvidiactl', 'nvidia-uvm'].map((name) => join(folder.path, 'dev', name)),
    });
  });

  test('tells of slices in place of their GPU, each with its capability files', async () => {
    const slice = (n: number) => ({
      uuid: `MIG-${n}`,
      profile: '3g.40gb',
      gi: n + 1,
      ci: 0,
      memoryMiB: 40_192,
    });
    const gpus = await pretendGpus(folder.path, 'a', {
      count: 2,
      change: ({ index }) => ({ mig: index === 0 ? [slice(0), slice(1)] : null }),
    });
    for (const name of ['nvidia0', 'nvidiactl', 'nvidia-caps/nvidia-cap30', 'nvidia-caps/nvidia-cap31']) {
      await file(`dev/${name}`);
    }
    const minors =
      'config 1\ngpu0/gi1/access 21\ngpu0/gi2/access 30\ngpu0/gi2/ci0/access 31\ngpu1/gi2/access 40\n';
    await file('proc/driver/nvidia-caps/mig-minors', minors);
    const found = await new NvidiaProbe(gpus.smi, folder.path).discover();
    expect(found.map((one) => [one.uuid, one.index, one.parent])).toEqual([
      ['MIG-0', 0, 'GPU-a-0'],
      ['MIG-1', 1, 'GPU-a-0'],
      ['GPU-a-1', 2, null],
    ]);
    expect(found[1]).toMatchObject({ model: 'NVIDIA H100 80GB HBM3 MIG 3g.40gb', memoryBytes: 40_192 * MiB });
    expect(found[1]?.deviceFiles.map((path) => path.slice(folder.path.length))).toEqual([
      '/dev/nvidia0',
      '/dev/nvidiactl',
      '/dev/nvidia-caps/nvidia-cap30',
      '/dev/nvidia-caps/nvidia-cap31',
    ]);
  });

  test('measures those that are asked for; of a slice it knows nothing', async () => {
    const gpus = await pretendGpus(folder.path, 'a', {
      count: 2,
      change: () => ({ watts: null, usedMiB: 9 }),
    });
    const samples = await new NvidiaProbe(gpus.smi).sample(['GPU-a-1', 'MIG-7']);
    expect(samples).toEqual([
      { uuid: 'GPU-a-1', utilisationPercent: 50, memoryUsedBytes: 9 * MiB, watts: null },
      { uuid: 'MIG-7', utilisationPercent: null, memoryUsedBytes: null, watts: null },
    ]);
  });

  test.each([
    ['handle', 'Unable to determine the device handle for GPU0000:11:00.0'],
    ['cell', '[GPU is lost]'],
    ['gone', 'does not list it any more'],
  ] as const)('tells that a GPU is lost: %s', async (lost, words) => {
    const gpus = await pretendGpus(folder.path, 'a', { count: 2 });
    const probe = new NvidiaProbe(gpus.smi);
    const known = await probe.discover();
    expect(await probe.health(known)).toEqual([]);
    await gpus.change('GPU-a-1', { lost });
    const faults = await probe.health(known);
    expect(faults.map((fault) => fault.uuid)).toEqual(['GPU-a-1']);
    expect(faults[0]?.reason).toContain(words);
  });

  test('blames no GPU when it fails itself', async () => {
    const gpus = await pretendGpus(folder.path, 'a', { count: 2 });
    const probe = new NvidiaProbe(gpus.smi);
    const known = await probe.discover();
    await gpus.fail('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.');
    await expect(probe.health(known)).rejects.toThrow(/could not communicate/);
    await expect(probe.sample(['GPU-a-0'])).rejects.toBeInstanceOf(ToolFailed);
  });

  test('tells what is in the memory of a GPU, and whose it is', async () => {
    const gpus = await pretendGpus(folder.path, 'a', { count: 1 });
    await gpus.change('GPU-a-0', { usedMiB: 512, processes: [{ pid: 12, usedMiB: 500 }] });
    expect(await new NvidiaProbe(gpus.smi).occupancy('GPU-a-0')).toEqual({
      uuid: 'GPU-a-0',
      usedBytes: 512 * MiB,
      processes: [{ pid: 12, usedBytes: 500 * MiB }],
    });
  });
});

const CARDS = {
  card0: {
    'Unique ID': '0x9dfe4b3c1a2b3c',
    'Card Series': 'AMD Instinct MI300X',
    'PCI Bus': '0000:0C:00.0',
    'VRAM Total Memory (B)': '206141652992',
    'VRAM Total Used Memory (B)': '1048576',
    'GPU use (%)': '37',
    'Current Socket Graphics Package Power (W)': '140.0',
  },
  card1: { 'Unique ID': 'N/A', 'Card Model': '0x744c', 'PCI Bus': '0000:0D:00.0', 'GPU use (%)': 'N/A' },
  system: { 'Driver version': '6.8.5' },
};

describe('rocm-smi', () => {
  const smi = (cards: object) =>
    file(
      'rocm-smi',
      `#!/bin/sh\necho 'WARNING: AMD GPU device(s) is/are in a low-power state.'\necho '${JSON.stringify(cards)}'\n`,
    );

  test('tells of GPUs by their unique ids, or by their place where they have none', async () => {
    await file('sys/bus/pci/devices/0000:0c:00.0/drm/renderD128');
    const found = await new RocmProbe(await smi(CARDS), folder.path).discover();
    expect(found[0]).toMatchObject({
      uuid: 'GPU-009dfe4b3c1a2b3c',
      vendor: 'amd',
      model: 'AMD Instinct MI300X',
      memoryBytes: 206_141_652_992,
      driver: '6.8.5',
      pci: '0000:0c:00.0',
      deviceFiles: [join(folder.path, 'dev/kfd'), join(folder.path, 'dev/dri/renderD128')],
    });
    expect(found[1]).toMatchObject({ uuid: 'amd-0000:0d:00.0', model: '0x744c', memoryBytes: 0 });
  });

  test('measures, and misses a GPU that is gone', async () => {
    const probe = new RocmProbe(await smi(CARDS), folder.path);
    const known = await probe.discover();
    expect(await probe.sample(['GPU-009dfe4b3c1a2b3c'])).toEqual([
      { uuid: 'GPU-009dfe4b3c1a2b3c', utilisationPercent: 37, memoryUsedBytes: 1_048_576, watts: 140 },
    ]);
    const { card0: _, ...left } = CARDS;
    await smi(left);
    expect((await probe.health(known)).map((fault) => fault.uuid)).toEqual(['GPU-009dfe4b3c1a2b3c']);
  });
});

describe('which tool is asked', () => {
  const settings = (change: Record<string, string>) =>
    acceleratorSettings({
      RUNNER_ACCELERATORS: 'auto',
      RUNNER_NVIDIA_SMI: '/nowhere/nvidia-smi',
      RUNNER_ROCM_SMI: '/nowhere/rocm-smi',
      RUNNER_KERNEL_LOG: '/dev/kmsg',
      RUNNER_ACCELERATOR_SAMPLE_SECONDS: 3,
      RUNNER_ACCELERATOR_CHECK_SECONDS: 15,
      ...change,
    });

  test('is whichever answers; none on a host without one', async () => {
    expect((await chooseProbe(settings({}), logger)).found).toEqual([]);
    const gpus = await pretendGpus(folder.path, 'a', { count: 3 });
    expect((await chooseProbe(settings({ RUNNER_NVIDIA_SMI: gpus.smi }), logger)).found).toHaveLength(3);
    const none = settings({ RUNNER_NVIDIA_SMI: gpus.smi, RUNNER_ACCELERATORS: 'none' });
    expect((await chooseProbe(none, logger)).found).toEqual([]);
  });

  test('must answer where it was named', async () => {
    const named = settings({ RUNNER_ACCELERATORS: 'nvidia' });
    await expect(chooseProbe(named, logger)).rejects.toBeInstanceOf(ToolFailed);
    const gpus = await pretendGpus(folder.path, 'a', { count: 0 });
    const empty = settings({ RUNNER_ACCELERATORS: 'nvidia', RUNNER_NVIDIA_SMI: gpus.smi });
    await expect(chooseProbe(empty, logger)).rejects.toThrow(/RUNNER_ACCELERATORS=none/);
  });
});
