/** The life of a job in the background, with real supervisors. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  exitRecord,
  OUTPUT_START,
  outputTail,
  readOutput,
  reap,
  statusOf,
  stop,
  supervise,
  waitForExit,
} from './index.ts';
import { type JobBench, jobBench, testHost } from './testing/job-bench.ts';

const host = testHost();
const never = new AbortController().signal;
let bench: JobBench;

beforeEach(async () => {
  bench = await jobBench(host.python);
});
afterEach(() => bench.remove());

const SLEEPER = 'import time\nprint("ready", flush=True)\ntime.sleep(60)';

async function startedPid(program: string): Promise<number> {
  const status = await supervise(host, bench.jobdir, await bench.request(program));
  if (status.state !== 'running') throw new Error(`not running: ${JSON.stringify(status)}`);
  return status.supervisor.pid;
}

/** Ends when the process is gone. A supervisor is not our child: its end is seen by its lock. */
async function gone(): Promise<void> {
  while ((await statusOf(host, bench.jobdir)).state === 'running');
}

test('a job is absent, then running, then ended with its record', async () => {
  expect(await statusOf(host, bench.jobdir)).toEqual({ state: 'absent' });
  await startedPid(SLEEPER);
  expect((await statusOf(host, bench.jobdir)).state).toBe('running');
  await stop(bench.jobdir, { reason: 'a better candidate was found', graceSeconds: 0 });
  const exit = await waitForExit(bench.jobdir, never);
  expect(exit).toMatchObject({ outcome: 'cancelled', signal: 'SIGKILL' });
  expect(exit?.reason).toContain('a better candidate was found');
  expect(await statusOf(host, bench.jobdir)).toEqual({ state: 'ended', exit });
});

test('a program asked to stop may save its work and say how it went', async () => {
  await startedPid(
    'import os, signal, sys, time\ndef save(*_):\n    open(os.environ["MW_OUT"] + "/saved", "w").close()\n    sys.exit(75)\n' +
      'signal.signal(signal.SIGTERM, save)\nprint("ready", flush=True)\nwhile True: time.sleep(1)\n',
  );
  while ((await readOutput(bench.jobdir, 'stdout', OUTPUT_START)).lines.length === 0);
  await stop(bench.jobdir, { reason: 'enough', graceSeconds: 10 });
  expect(await waitForExit(bench.jobdir, never)).toMatchObject({ outcome: 'cancelled', exitCode: 75 });
  expect(await readdir(bench.out)).toEqual(['saved']);
});

test('a job outlives the process that started it', async () => {
  const starter = fileURLToPath(new URL('./testing/start-and-die.ts', import.meta.url));
  const request = await bench.request('import time\ntime.sleep(1)\nprint("still here")');
  const child = spawn(process.execPath, [starter, host.python, bench.jobdir, JSON.stringify(request)]);
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  expect((await waitForExit(bench.jobdir, never))?.outcome).toBe('finished');
  expect((await readOutput(bench.jobdir, 'stdout', OUTPUT_START)).lines).toEqual([
    { number: 0, text: 'still here' },
  ]);
});

test('when a supervisor is killed its program dies with it, and reaping says lost', async () => {
  const pid = await startedPid(SLEEPER);
  process.kill(pid, 'SIGKILL');
  await gone();
  expect((await statusOf(host, bench.jobdir)).state).toBe('lost');
  expect(await bench.leftovers()).toEqual([]);
  const status = await reap(host, bench.jobdir);
  expect(status).toMatchObject({ state: 'ended', exit: { outcome: 'lost' } });
  expect(await reap(host, bench.jobdir)).toEqual(status);
});

test('a supervisor that the host asks to end stops its program and calls it lost', async () => {
  process.kill(await startedPid(SLEEPER), 'SIGTERM');
  expect(await waitForExit(bench.jobdir, never)).toMatchObject({ outcome: 'lost' });
});

test('a job whose folder is removed ends, and nothing of it stays on the host', async () => {
  await startedPid(SLEEPER);
  const { cgroups } = JSON.parse(await readFile(`${bench.jobdir}/supervisor.json`, 'utf8'));
  await rm(bench.folder, { recursive: true });
  await expect.poll(() => bench.leftovers(), { timeout: 10_000 }).toEqual([]);
  await expect
    .poll(() => cgroups.filter((path: string) => existsSync(path)), { timeout: 10_000 })
    .toEqual([]);
}, 20_000);

test('a folder serves one execution', async () => {
  await startedPid('pass');
  await waitForExit(bench.jobdir, never);
  await expect(supervise(host, bench.jobdir, await bench.request('pass'))).rejects.toThrow('has been used');
});

test('a program that cannot be started has an exit record at once', async () => {
  const request = { ...(await bench.request('')), argv: ['/no/such/program'] };
  expect(await supervise(host, bench.jobdir, request)).toMatchObject({
    state: 'ended',
    exit: { outcome: 'refused' },
  });
});

test('a spec that names an unknown mount is refused with the name', async () => {
  const request = { ...(await bench.request('')), argv: ['@{nothing}'] };
  await expect(supervise(host, bench.jobdir, request)).rejects.toThrow('@{nothing} names no mount');
});

test('two jobs at once have different user ids and neither sees the other', async (context) => {
  const other = await jobBench(host.python);
  try {
    await startedPid(SLEEPER);
    await supervise(host, other.jobdir, await other.request(SLEEPER));
    const uids: (number | null)[] = [];
    for (const jobdir of [bench.jobdir, other.jobdir]) {
      await stop(jobdir, { reason: 'seen', graceSeconds: 0 });
      uids.push((await waitForExit(jobdir, never))?.isolation?.uid ?? null);
    }
    if (uids[0] === null) context.skip('this host gives jobs no user id of their own (needs root)');
    expect(new Set(uids).size).toBe(2);
  } finally {
    await other.remove();
  }
});

test('output is read on from where a reader stopped, and what was not kept shows in the numbers', async () => {
  const program = 'for i in range(200_000): print("line", i)\nimport sys\nprint("the end", file=sys.stderr)';
  await supervise(host, bench.jobdir, await bench.request(program));
  await waitForExit(bench.jobdir, never);
  const numbers: number[] = [];
  let position = OUTPUT_START;
  for (;;) {
    const next = await readOutput(bench.jobdir, 'stdout', position);
    if (next.lines.length === 0) break;
    for (const line of next.lines) {
      expect(line.text).toBe(`line ${line.number}`);
      numbers.push(line.number);
    }
    position = next.position;
  }
  expect(numbers[0]).toBe(0);
  expect(numbers.at(-1)).toBe(199_999);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.length).toBeLessThan(100_000);
  expect(await outputTail(bench.jobdir, 'stderr', 100)).toBe('the end');
  expect(await outputTail(bench.jobdir, 'stdout', 11)).toBe('line 199999');
});

test('every exit record has the published shape', async () => {
  await startedPid('pass');
  const written = await waitForExit(bench.jobdir, never);
  expect(exitRecord.parse(JSON.parse(await readFile(`${bench.jobdir}/exit.json`, 'utf8')))).toEqual(written);
});
