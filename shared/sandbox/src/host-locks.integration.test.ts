import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reap, stop, supervise } from './index.ts';
import { type JobBench, jobBench, testHost } from './testing/job-bench.ts';
import { waitForExit } from './wait-for-exit.ts';

const host = testHost();
const isRoot = process.getuid?.() === 0;
const SLEEPER = 'import time\nprint("here", flush=True)\ntime.sleep(600)\n';
let benches: JobBench[] = [];
let locks = '';

beforeEach(async () => {
  locks = await mkdtemp(join(tmpdir(), 'mw-locks-'));
});

afterEach(async () => {
  for (const bench of benches) {
    await end(bench);
    await bench.remove();
  }
  benches = [];
  await rm(locks, { recursive: true });
});

async function bench(): Promise<JobBench> {
  const made = await jobBench(host.python);
  benches.push(made);
  return made;
}

async function start(of: JobBench, names: string[], shared = false, program = SLEEPER) {
  const request = await of.request(program);
  const wanted = names.map((name) => ({ path: join(locks, name), shared }));
  return await supervise(host, of.jobdir, { ...request, locks: wanted });
}

async function end(of: JobBench): Promise<void> {
  const { state } = await reap(host, of.jobdir);
  if (state === 'absent' || state === 'ended') return;
  await stop(of.jobdir, { reason: 'the test is over', graceSeconds: 0 });
  await waitForExit(of.jobdir, AbortSignal.timeout(10_000));
}

describe('a lock of the host', () => {
  test('keeps a second job from starting, and its folder can be used again', async () => {
    const [first, second] = [await bench(), await bench()];
    expect((await start(first, ['a', 'b'])).state).toBe('running');
    expect(await start(second, ['b', 'c'])).toEqual({
      state: 'not-now',
      reason: 'b is held by another job on this host',
    });
    await end(first);
    expect((await start(second, ['b', 'c'])).state).toBe('running');
  });

  test('is not held by who did not get all', async () => {
    const [first, second, third] = [await bench(), await bench(), await bench()];
    await start(first, ['b']);
    expect((await start(second, ['a', 'b'])).state).toBe('not-now');
    expect((await start(third, ['a'])).state).toBe('running');
  });

  test('is shared by those who all say so, and by nobody else', async () => {
    const [first, second, third] = [await bench(), await bench(), await bench()];
    expect((await start(first, ['a'], true)).state).toBe('running');
    expect((await start(second, ['a'], true)).state).toBe('running');
    expect((await start(third, ['a'], false)).state).toBe('not-now');
    await end(first);
    expect((await start(third, ['a'], false)).state).toBe('not-now');
    await end(second);
    expect((await start(third, ['a'], false)).state).toBe('running');
  });

  test('is free once the job is gone with its supervisor, however that came about', async () => {
    const [first, second] = [await bench(), await bench()];
    const status = await start(first, ['a']);
    if (status.state !== 'running') expect.unreachable();
    process.kill(status.supervisor.pid, 'SIGKILL');
    // The warden holds it until it has ended the program; it is told by the closed lifeline.
    execFileSync('flock', ['--wait', '20', join(locks, 'a'), 'true']);
    expect(await first.leftovers()).toEqual([]);
    expect((await start(second, ['a'])).state).toBe('running');
  });

  test('is out of the reach of the program', async () => {
    const first = await bench();
    const program = [
      'import os, fcntl',
      'names = []',
      'for name in os.listdir("/proc/self/fd"):',
      '    try:',
      '        names.append(os.readlink("/proc/self/fd/" + name))',
      '    except OSError:',
      '        pass',
      'open(os.environ["MW_OUT"] + "/open.txt", "w").write("\\n".join(names))',
    ].join('\n');
    await start(first, ['a'], false, program);
    await waitForExit(first.jobdir, AbortSignal.timeout(20_000));
    expect(await readFile(join(first.out, 'open.txt'), 'utf8')).not.toContain(locks);
  });
});

describe.runIf(isRoot)('a device file', () => {
  test('is there for the program that is given it, at its own path, with what lies on the buses; not for another', async () => {
    const device = '/dev/mw-test-device';
    execFileSync('sh', ['-c', `rm -f ${device}; mknod -m 660 ${device} c 1 5; chgrp 44 ${device}`]);
    try {
      const program = [
        'import os',
        'out = open(os.environ["MW_OUT"] + "/seen.txt", "w")',
        `out.write(str(os.path.exists("${device}")) + " " + str(os.path.isdir("/sys/class")))`,
        `if os.path.exists("${device}"):`,
        `    out.write(" " + str(len(open("${device}", "rb").read(7))))`,
      ].join('\n');
      const [given, other] = [await bench(), await bench()];
      await supervise(host, given.jobdir, { ...(await given.request(program)), devices: [device] });
      await supervise(host, other.jobdir, await other.request(program));
      for (const one of [given, other]) await waitForExit(one.jobdir, AbortSignal.timeout(20_000));
      expect(await readFile(join(given.out, 'seen.txt'), 'utf8')).toBe('True True 7');
      expect(await readFile(join(other.out, 'seen.txt'), 'utf8')).toBe('False False');
    } finally {
      await rm(device, { force: true });
    }
  });
});
