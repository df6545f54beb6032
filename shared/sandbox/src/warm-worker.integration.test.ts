/** A job in a warm worker has no more rights than in a sandbox of its own, meets nobody, and is a job like any other. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { reap, type SandboxLimits, statusOf, stop } from './index.ts';
import type { JobBench } from './testing/job-bench.ts';
import { endOf, WARM_NOTE, warmBenches } from './testing/warm-bench.ts';
import { inAWarmWorker, type Ran, warmWorkerFor } from './testing/ways-to-run.ts';

const warm = await warmBenches();
let bench: JobBench;
beforeEach(async () => {
  bench = await warm.bench();
});

describe('what a program sees of its isolation', () => {
  const VIEW = `
import os, resource, sys
def lines(path): return open(path).read().splitlines()
status = dict(line.split(':\\t', 1) for line in lines('/proc/self/status'))
kept = ('Umask', 'Groups', 'CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb', 'NoNewPrivs', 'Seccomp', 'SigIgn', 'SigBlk', 'SigCgt')
print({name: status[name] for name in kept})
# Without the numbers that the kernel counts up: mount point, options, kind, source.
mounts = [line.partition(' - ') for line in lines('/proc/self/mountinfo')]
for mount in sorted((left.split()[3:], right) for left, _, right in mounts): print(mount)
print(sorted((name, resource.getrlimit(getattr(resource, name))) for name in dir(resource) if name.startswith('RLIMIT_')))
print([(folder, sorted(os.listdir(folder))) for folder in ('/', '/dev', '/etc', '/mw', '/tmp', '/dev/shm')])
print([(path, os.stat(path).st_mode, os.stat(path).st_uid == os.getuid()) for path in ('/', '/mw', '/mw/work', '/mw/out', '/tmp')])
print([(path, os.statvfs(path).f_blocks) for path in ('/tmp', '/dev/shm')])
print(sorted(int(entry) for entry in os.listdir('/proc') if entry.isdigit()), os.getpid(), os.getppid(), os.getsid(0) == os.getpid())
print(sorted(os.listdir('/proc/self/fd')), [os.readlink(f'/proc/self/fd/{n}') for n in (0,)])
print(os.uname().nodename, os.getuid() == os.geteuid() == os.getgid(), os.getpriority(os.PRIO_PROCESS, 0))
print(lines('/proc/self/oom_score_adj'), lines('/proc/net/dev')[2:])
print(len(os.listdir('/proc/self/task')))
`;

  test('is the same in a warm worker as in a sandbox of its own, to the last mount and limit', async () => {
    const { cold, warm: ahead } = await warm.bothWays(bench, VIEW);
    expect(ahead.exit).toMatchObject({ outcome: 'finished', isolation: { notes: [WARM_NOTE] } });
    const own = [ahead, cold].map((ran) => neutral(ran, bench));
    expect(own[0]).toBe(own[1]);
  });

  test('is what the record says of it, field by field', async () => {
    const { cold, warm: ahead } = await warm.bothWays(bench, 'pass');
    expect({ ...ahead.exit.isolation, uid: 0, notes: [] }).toEqual({
      ...cold.exit.isolation,
      uid: 0,
      notes: [],
    });
  });

  test('has read-only what is read-only, and nothing that was not asked for', async () => {
    const data = join(bench.folder, 'data');
    await mkdir(data);
    await writeFile(join(data, 'train.csv'), 'a,b\n');
    await chmod(data, 0o777);
    const program =
      'import os\nprint(open("/mw/data/train.csv").read(), sorted(os.listdir("/mw")))\nopen("/mw/data/planted", "w")';
    const { warm: ahead } = await warm.bothWays(bench, program, (request) => ({
      ...request,
      mounts: [
        ...(request.mounts ?? []),
        { name: 'data', source: data, target: '/mw/data', writable: false },
      ],
    }));
    expect(ahead.said).toBe("a,b\n ['data', 'out', 'work']\n");
    expect(ahead.exit.reason).toContain('Read-only file system');
    expect(await readdir(data)).toEqual(['train.csv']);
  });

  test.each<[string, string, Partial<SandboxLimits>, string]>([
    ['memory', 'data = b"x" * (100 << 20)', { memoryBytes: 64 * 2 ** 20 }, 'out-of-memory'],
    ['a file', 'open("big", "wb").write(b"x" * (5 << 20))', { diskBytes: 2 ** 20 }, 'disk-full'],
    ['time', 'while True: pass', { wallSeconds: 0.5 }, 'timed-out'],
  ])('ends with the limit of the job, not of the worker: %s', async (_, program, limits, outcome) => {
    const { exit } = await inAWarmWorker(warm.host, bench, await bench.request(program, limits));
    expect(exit.outcome).toBe(outcome);
  });

  test('widens with the job where the worker was kept small', async () => {
    const { exit } = await inAWarmWorker(
      warm.host,
      bench,
      await bench.request('data = b"x" * (2600 << 20)', { memoryBytes: 3 * 2 ** 30 }),
    );
    expect(exit.outcome).toBe('finished');
  });
});

describe('a warm worker', () => {
  test('serves one job: a second is not begun', async () => {
    const request = await bench.request('pass');
    const worker = await warm.ready(bench, request);
    await worker.take(bench.jobdir, request);
    await endOf(bench.jobdir);
    const other = await warm.bench();
    expect(await worker.take(other.jobdir, await other.request('pass'))).toBeNull();
    expect(await readdir(other.jobdir)).toEqual([]);
  });

  test('refuses a folder that has been used', async () => {
    const request = await bench.request('pass');
    await (await warm.ready(bench, request)).take(bench.jobdir, request);
    const first = await endOf(bench.jobdir);
    expect(await (await warm.ready(bench, request)).take(bench.jobdir, request)).toBeNull();
    expect(await endOf(bench.jobdir)).toEqual(first);
  });

  test('meets no other: two jobs at once have different user ids and neither sees the other', async () => {
    const program =
      'import glob, os, sys\nopen("/tmp/mark", "w")\nopen(os.environ["MW_OUT"] + "/mine", "w")\nprint(os.getuid(), flush=True)\n' +
      'while not os.path.exists(os.environ["MW_OUT"] + "/go"): pass\n' +
      'print(len([p for p in os.listdir("/proc") if p.isdigit()]), os.listdir("/tmp"), sorted(os.listdir("/mw")))\n';
    const other = await warm.bench();
    const requests = [await bench.request(program), await other.request(program)] as const;
    const workers = [
      await warm.ready(bench, requests[0]),
      await warmWorkerFor(warm.host, other, requests[1]),
    ] as const;
    await workers[1]?.ready;
    await workers[0].take(bench.jobdir, requests[0]);
    await workers[1]?.take(other.jobdir, requests[1]);
    for (const one of [bench, other]) await writeFile(join(one.out, 'go'), '');
    const exits = await Promise.all([endOf(bench.jobdir), endOf(other.jobdir)]);
    expect(exits[0].isolation?.uid).not.toBe(exits[1].isolation?.uid);
    for (const one of [bench, other]) {
      const seen = await readFile(join(one.jobdir, 'stdout.log'), 'utf8');
      expect(seen).toContain("1\t2 ['mark'] ['out', 'work']");
    }
  });

  test('has nothing of a job before the job: no folder, no variable of the kit', async () => {
    const request = await bench.request('pass');
    await writeFile(
      join(bench.work, 'spy.py'),
      'import os\nFOUND = [os.listdir("/mw"), os.listdir("/mw/work"), [n for n in os.environ if n.startswith("MW_")]]',
    );
    const spying = await warm.bench();
    const packages = { name: 'packages', source: bench.work, target: '/opt/packages', writable: false };
    const env = { ...request.env, PYTHONPATH: '/opt/packages' };
    const asking = { ...(await spying.request('import spy\nprint(spy.FOUND)')), env };
    const wanted = { ...asking, mounts: [...(asking.mounts ?? []), packages] };
    const worker = await warm.ready(bench, wanted, ['spy']);
    await worker.take(spying.jobdir, wanted);
    await endOf(spying.jobdir);
    expect(await readFile(join(spying.jobdir, 'stdout.log'), 'utf8')).toBe("0\t[['work'], [], []]\n");
  });

  test('with more than its interpreter in its sandbox gets no job', async () => {
    const request = await bench.request('pass');
    await writeFile(join(bench.work, 'forks.py'), 'import os, time\nif os.fork() == 0: time.sleep(60)');
    const packages = { name: 'packages', source: bench.work, target: '/opt/packages', writable: false };
    const env = { ...request.env, PYTHONPATH: '/opt/packages' };
    const wanted = { ...request, env, mounts: [...(request.mounts ?? []), packages] };
    const worker = await warmWorkerFor(warm.host, bench, wanted, ['forks']);
    await expect(worker?.ready).rejects.toThrow('2 processes are in its sandbox');
    await worker?.gone;
  });

  test('leaves nothing when it is not wanted any more', async () => {
    const worker = await warm.ready(bench, await bench.request('pass'));
    worker.end();
    await worker.gone;
    expect(await readdir(bench.folder)).not.toContain('warm');
    expect(await groupsOf('warm')).toEqual([]);
  });

  test('that was killed leaves nothing once it is swept up', async () => {
    const worker = await warm.ready(bench, await bench.request('pass'));
    const folder = join(bench.folder, 'warm');
    const { pid } = JSON.parse(await readFile(join(folder, 'supervisor.json'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    await worker.gone;
    expect(await reap(warm.host, folder)).toMatchObject({ state: 'ended', exit: { outcome: 'lost' } });
    expect(await groupsOf(`warm-${pid}`)).toEqual([]);
  });
});

describe('a job that was handed over', () => {
  test('outlives whoever handed it over, and is stopped like any other', async () => {
    const program = fileURLToPath(new URL('./testing/hand-over-and-die.ts', import.meta.url));
    const request = await bench.request('import time\nprint("running", flush=True)\ntime.sleep(60)');
    const words = [program, warm.host.python, bench.folder, JSON.stringify(request)];
    const starter = spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit'] });
    const [, signal] = await once(starter, 'exit');
    expect(signal).toBe('SIGKILL');
    expect(await statusOf(warm.host, bench.jobdir)).toMatchObject({ state: 'running' });
    await stop(bench.jobdir, { reason: 'the test is over', graceSeconds: 0 });
    expect(await endOf(bench.jobdir)).toMatchObject({ outcome: 'cancelled' });
  });

  test('is lost, whole, when its supervisor is killed', async () => {
    const request = await bench.request('import time\ntime.sleep(60)');
    const worker = await warm.ready(bench, request);
    const status = await worker.take(bench.jobdir, request);
    if (status?.state !== 'running') throw new Error('it does not run');
    process.kill(status.supervisor.pid, 'SIGKILL');
    await worker.gone;
    expect(await reap(warm.host, bench.jobdir)).toMatchObject({ state: 'ended', exit: { outcome: 'lost' } });
    expect(await bench.leftovers()).toEqual([]);
    expect(await groupsOf(`-${status.supervisor.pid}`)).toEqual([]);
  });

  test('is not ended by the end of its worker', async () => {
    const request = await bench.request('import time\ntime.sleep(0.5)\nprint("whole")');
    const worker = await warm.ready(bench, request);
    await worker.take(bench.jobdir, request);
    worker.end();
    expect(await endOf(bench.jobdir)).toMatchObject({ outcome: 'finished' });
  });
});

/** What a program saw, without what differs from one execution to the next. */
function neutral({ said: text, exit }: Ran, { folder }: JobBench): string {
  return text
    .replaceAll(String(exit.isolation?.uid), 'UID')
    .replaceAll(folder, 'FOLDER')
    .replaceAll(/pipe:\[\d+\]/g, 'PIPE');
}

/** Control groups whose names end so. */
async function groupsOf(end: string): Promise<string[]> {
  const found: string[] = [];
  for (const line of (await readFile('/proc/self/mountinfo', 'utf8')).split('\n')) {
    const place = line.split(' ')[4] ?? '';
    if (!line.includes('cgroup')) continue;
    const names = await readdir(place, { recursive: true }).catch(() => []);
    found.push(...names.filter((name) => name.includes('modelwright-') && name.endsWith(end)));
  }
  return found;
}
