/** Jobs of a real runner that begin in Pythons started ahead of them, and one such job while its runner is dead. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Job } from '@modelwright/contracts';
import { statusOf } from '@modelwright/sandbox';
import { natsServersUnderTest } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ended, type RunnerBench, runnerBench, testPython } from './testing/runner-bench.ts';

const newest = natsServersUnderTest().at(-1);
const WARM = { RUNNER_WARM: '1', RUNNER_WARM_MODULES: 'json', RUNNER_SLOTS: '1' };
const NOTE = 'its interpreter had been started ahead of it';
const host = { python: testPython() };

const PATIENT =
  'import os, time\nprint("started", flush=True)\n' +
  'while not os.path.exists(os.environ["MW_OUT"] + "/go"): time.sleep(0.02)\nprint("went on")\n';

describe.skipIf(newest?.server === null)('a runner with warm workers', () => {
  let bench: RunnerBench;

  beforeEach(async (context) => {
    if (process.platform !== 'linux' || process.getuid?.() !== 0)
      context.skip('warm workers need root on Linux');
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    bench = await runnerBench(newest.server);
  });
  afterEach(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  const warmFolder = () => join(bench.home, 'runners', 'one', 'warm');
  const workers = () => readdir(warmFolder()).catch((): string[] => []);

  /** A job of the kind to come, and the worker that the runner starts after it. */
  async function oneWorkerReady(): Promise<void> {
    await bench.outcome(await bench.submit('pass'));
    await expect
      .poll(
        async () => {
          const [name] = await workers();
          return name === undefined ? null : await statusOf(host, join(warmFolder(), name));
        },
        { timeout: 30_000 },
      )
      .toMatchObject({ state: 'running', supervisor: { isolation: { mode: 'root' } } });
  }

  const outFolder = (of: Job) => join(bench.home, 'runners', 'one', 'jobs', of.id, 'attempt-1', 'out');

  test('goes on with a warm job after it was killed, and its idle workers end with it', async () => {
    const first = await bench.spawn('one', WARM);
    await oneWorkerReady();
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    await ended(first, 'SIGKILL');
    await expect.poll(workers, { timeout: 30_000 }).toEqual([]);
    await bench.spawn('one', WARM);
    await writeFile(join(outFolder(asked), 'go'), '');
    const outcome = await bench.outcome(asked);
    expect(outcome).toMatchObject({ end: 'finished', attempt: 1, stdoutTail: 'started\nwent on' });
    expect(outcome.isolation.notes).toContain(NOTE);
  });

  test('leaves none behind when it leaves in order', async () => {
    const runner = await bench.spawn('one', WARM);
    await oneWorkerReady();
    await ended(runner, 'SIGTERM');
    await expect.poll(workers, { timeout: 30_000 }).toEqual([]);
  });
});
