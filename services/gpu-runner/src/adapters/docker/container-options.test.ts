import { type SandboxRequest, sandboxSpec } from '@modelwright/sandbox';
import { expect, test } from 'vitest';
import type { HeldAccelerator } from '../../handlers/executor.ts';
import { type ContainerSettings, containerOptions } from './container-options.ts';

const MiB = 1024 * 1024;

const REQUEST: SandboxRequest = {
  argv: ['@{python}', 'train.py', '--data', '@{data}'],
  cwd: '@{work}',
  env: { MW_OUT: '@{out}', HOME: '@{tmp}', PLAIN: 'a=b' },
  python: '/envs/1/bin/python',
  mounts: [
    { name: 'work', source: '/host/work', target: '/mw/work', writable: true },
    { name: 'out', source: '/host/out', target: '/mw/out', writable: true },
    { name: 'data', source: '/host/data', target: '/mw/data', writable: false },
  ],
  limits: { wallSeconds: 1, memoryBytes: 1024 * MiB, cpus: 1.5, pids: 10, temporaryBytes: 100 * MiB },
};

const SETTINGS: ContainerSettings = {
  ...{ image: 'sha256:abc', runtime: null, uid: 1_900_010_001, gid: 1_900_010_001, network: 'none' },
  ...{ labels: { a: 'b' }, accelerators: [], groups: [], pipes: '/host/io', files: {} },
};

const optionsOf = (change: Partial<ContainerSettings> = {}, request: Partial<SandboxRequest> = {}) =>
  containerOptions(sandboxSpec.parse({ ...REQUEST, ...request }), { ...SETTINGS, ...change });

const accelerator = (uuid: string, vendor: 'nvidia' | 'amd', deviceFiles: string[]): HeldAccelerator => ({
  ...{ uuid, vendor, deviceFiles },
  ...{ lockFile: `/locks/${uuid}`, shared: false },
});

test('places are named as the program sees them', () => {
  const { Cmd, Env, WorkingDir } = optionsOf();
  expect(Cmd).toEqual(['/envs/1/bin/python', 'train.py', '--data', '/mw/data']);
  expect(WorkingDir).toBe('/mw/work');
  expect(Env).toEqual(expect.arrayContaining(['MW_OUT=/mw/out', 'HOME=/tmp', 'PLAIN=a=b']));
});

test('a place that nobody has is an error', () => {
  expect(() => optionsOf({}, { argv: ['@{nothing}'] })).toThrow('@{nothing} names no mount');
});

test('only what must be writable is', () => {
  const mounts = optionsOf().HostConfig?.Mounts ?? [];
  expect(mounts.filter((mount) => mount.ReadOnly !== true).map((mount) => mount.Target)).toEqual([
    '/mw/work',
    '/mw/out',
  ]);
  expect(mounts.every((mount) => mount.Type === 'bind')).toBe(true);
});

test('memory is limited with its swap, and what is in memory is counted', () => {
  const host = optionsOf().HostConfig;
  expect([host?.Memory, host?.MemorySwap]).toEqual([1024 * MiB, 1024 * MiB]);
  expect(host?.Tmpfs?.['/tmp']).toContain(`size=${100 * MiB}`);
  expect(host?.ShmSize).toBe(100 * MiB);
});

test('nothing of a job depends on what the image starts by itself', () => {
  const { Entrypoint, Healthcheck, User } = optionsOf();
  expect(Entrypoint?.slice(0, 2)).toEqual(['/bin/sh', '-c']);
  expect(Healthcheck).toEqual({ Test: ['NONE'] });
  expect(User).toBe('1900010001:1900010001');
});

test('GPUs of NVIDIA are requested by their ids, with half of the memory to share between processes', () => {
  const accelerators = [accelerator('GPU-1', 'nvidia', ['/dev/nvidia0']), accelerator('MIG-2', 'nvidia', [])];
  const host = optionsOf({ accelerators }).HostConfig;
  expect(host?.DeviceRequests).toEqual([
    { Driver: 'nvidia', DeviceIDs: ['GPU-1', 'MIG-2'], Capabilities: [['gpu', 'compute', 'utility']] },
  ]);
  expect(host?.Devices).toBeUndefined();
  expect(host?.ShmSize).toBe(512 * MiB);
});

test('GPUs of AMD come as device files, each once, with the groups that may open them', () => {
  const accelerators = [
    accelerator('a', 'amd', ['/dev/kfd', '/dev/dri/renderD128']),
    accelerator('b', 'amd', ['/dev/kfd', '/dev/dri/renderD129']),
  ];
  const host = optionsOf({ accelerators, groups: [105] }).HostConfig;
  expect(host?.Devices.map((device: { PathOnHost: string }) => device.PathOnHost)).toEqual([
    '/dev/kfd',
    '/dev/dri/renderD128',
    '/dev/dri/renderD129',
  ]);
  expect(host?.GroupAdd).toEqual(['105']);
  expect(host?.DeviceRequests).toBeUndefined();
});

test('a job without accelerators gets no device', () => {
  const host = optionsOf().HostConfig;
  expect([host?.DeviceRequests, host?.Devices, host?.GroupAdd]).toEqual([undefined, undefined, undefined]);
});

test('no job gets a GPU that it does not hold from the runtime of NVIDIA, whatever image or job say', () => {
  const wish = { env: { NVIDIA_VISIBLE_DEVICES: 'all' } };
  const one = { accelerators: [accelerator('GPU-1', 'nvidia', [])] };
  expect(optionsOf({}, wish).Env).toEqual(['NVIDIA_VISIBLE_DEVICES=void']);
  expect(optionsOf(one, wish).Env).toEqual(['NVIDIA_VISIBLE_DEVICES=GPU-1']);
});

test('a runtime is named where one was chosen', () => {
  expect(optionsOf({ runtime: 'runsc' }).HostConfig?.Runtime).toBe('runsc');
  expect(optionsOf().HostConfig).not.toHaveProperty('Runtime');
});
