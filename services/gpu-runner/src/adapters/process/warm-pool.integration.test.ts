import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type ExitRecord,
  type SandboxRequest,
  statusOf,
  stop,
  supervise,
  waitForExit,
} from '@modelwright/sandbox';
import { createLogger } from '@modelwright/telemetry';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { testPython } from '../../testing/runner-bench.ts';
import { WarmPool, type WarmPoolParts } from './warm-pool.ts';

const MiB = 1024 * 1024;
const WARM = 'its interpreter had been started ahead of it';
const host = { python: testPython() };

let folder: TemporaryFolder;
let leaving: AbortController;
let now: number;
let jobs = 0;

beforeEach(async (context) => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    context.skip('warm workers need root on Linux');
  folder = await temporaryFolder('mw-warm-');
  leaving = new AbortController();
  now = 0;
});
afterEach(async () => {
  leaving?.abort();
  await folder?.[Symbol.asyncDispose]();
});

function pool(change: Partial<WarmPoolParts> = {}): Promise<WarmPool> {
  return WarmPool.open({
    host,
    folder: join(folder.path, 'warm'),
    size: 1,
    modules: ['json'],
    idleMs: 60_000,
    clock: () => now,
    logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
    leaving: leaving.signal,
    ...change,
  });
}

interface Prepared {
  readonly record: string;
  readonly request: SandboxRequest;
}

async function job(program: string, env: Record<string, string> = {}): Promise<Prepared> {
  jobs += 1;
  const top = join(folder.path, `job-${jobs}`);
  const [record, work] = [join(top, 'record'), join(top, 'work')];
  for (const path of [record, work]) await mkdir(path, { recursive: true });
  await writeFile(join(work, 'main.py'), program);
  const request: SandboxRequest = {
    argv: ['@{python}', 'main.py'],
    cwd: '@{work}',
    env: { PATH: '/usr/bin:/bin', HOME: '@{tmp}', ...env },
    python: host.python,
    mounts: [{ name: 'work', source: work, target: '/mw/work', writable: true }],
    limits: { wallSeconds: 20, memoryBytes: 256 * MiB },
  };
  return { record, request };
}

/** As the executor does it. */
async function begin(warm: WarmPool, { record, request }: Prepared) {
  return (await warm.take(record, request)) ?? (await supervise(host, record, request));
}

async function end({ record }: Prepared): Promise<ExitRecord> {
  const exit = await waitForExit(record, AbortSignal.timeout(30_000));
  if (exit === null) throw new Error('it has not ended');
  return exit;
}

async function run(warm: WarmPool, program: string, env: Record<string, string> = {}): Promise<boolean> {
  const prepared = await job(program, env);
  await begin(warm, prepared);
  const exit = await end(prepared);
  expect(exit.outcome).toBe('finished');
  await warm.settled();
  return exit.isolation?.notes.includes(WARM) ?? false;
}

const workers = () => readdir(join(folder.path, 'warm'));

/** Resolves when no worker is left. */
async function allGone(): Promise<void> {
  for (const name of await workers()) {
    const record = join(folder.path, 'warm', name);
    await expect.poll(() => statusOf(host, record), { timeout: 20_000 }).toEqual({ state: 'absent' });
  }
}

describe('a pool of warm workers', () => {
  test('starts the first job of a kind cold and the next ones warm, each in a worker of its own', async () => {
    const warm = await pool();
    const seen: boolean[] = [];
    for (let n = 0; n < 3; n += 1)
      seen.push(await run(warm, 'import os\nassert not os.path.exists("/tmp/mark")\nopen("/tmp/mark", "w")'));
    expect(seen).toEqual([false, true, true]);
  });

  test('keeps the worker of a kind when jobs of another come in turn', async () => {
    const warm = await pool();
    const seen: boolean[] = [];
    for (const cpus of ['1', '2', '1', '2', '1'])
      seen.push(await run(warm, 'pass', { OMP_NUM_THREADS: cpus }));
    expect(seen).toEqual([false, false, true, false, true]);
  });

  test('of no size starts none', async () => {
    const warm = await pool({ size: 0 });
    expect([await run(warm, 'pass'), await run(warm, 'pass')]).toEqual([false, false]);
    expect(await workers()).toEqual([]);
  });

  test('ends its workers with the process that leaves, and none of the jobs that they were given', async () => {
    const warm = await pool();
    await run(warm, 'pass');
    const prepared = await job('import time\ntime.sleep(60)');
    expect(await begin(warm, prepared)).toMatchObject({
      state: 'running',
      supervisor: { isolation: { notes: [WARM] } },
    });
    await warm.settled();
    expect(await workers()).toHaveLength(1);
    leaving.abort();
    await allGone();
    expect(await statusOf(host, prepared.record)).toMatchObject({ state: 'running' });
    await stop(prepared.record, { reason: 'the test is over', graceSeconds: 0 });
    expect(await end(prepared)).toMatchObject({ outcome: 'cancelled' });
  });

  test('starts cold what its worker can no longer take, having been killed', async () => {
    const warm = await pool();
    await run(warm, 'pass');
    const [name = ''] = await workers();
    const { pid } = JSON.parse(await readFile(join(folder.path, 'warm', name, 'supervisor.json'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    const prepared = await job('pass');
    await begin(warm, prepared);
    expect(await end(prepared)).toMatchObject({ outcome: 'finished', isolation: { notes: [] } });
  });

  test('sweeps up behind workers of a process before it', async () => {
    const first = await pool();
    await run(first, 'pass');
    const [name = ''] = await workers();
    const { pid } = JSON.parse(await readFile(join(folder.path, 'warm', name, 'supervisor.json'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    const left = () => statusOf(host, join(folder.path, 'warm', name));
    await expect.poll(left, { timeout: 20_000 }).toMatchObject({ state: 'lost' });
    await pool();
    expect(await workers()).toEqual([]);
  });

  test('gives a kind up that can never be had', async () => {
    const warm = await pool({ modules: ['threads_at_once'] });
    const packages = join(folder.path, 'packages');
    await mkdir(packages);
    await writeFile(
      join(packages, 'threads_at_once.py'),
      'import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()',
    );
    const withPackages = async () => {
      const { record, request } = await job('pass', { PYTHONPATH: '/opt/packages' });
      const mount = { name: 'packages', source: packages, target: '/opt/packages', writable: false };
      return { record, request: { ...request, mounts: [...(request.mounts ?? []), mount] } };
    };
    for (let n = 0; n < 4; n += 1) {
      const prepared = await withPackages();
      await begin(warm, prepared);
      expect(await end(prepared)).toMatchObject({ outcome: 'finished', isolation: { notes: [] } });
      await warm.settled();
    }
    expect(await workers()).toEqual([]);
  });
});
