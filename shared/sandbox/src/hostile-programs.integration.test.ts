/** A catalogue of programs that are broken or hostile, each really run. A host that cannot contain one skips it and says why. */
import { once } from 'node:events';
import { access, chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { probe, type SandboxLimits } from './index.ts';
import { type JobBench, jobBench, testHost } from './testing/job-bench.ts';
import { inAWarmWorker, inItsOwnSandbox, whyNeverWarm } from './testing/ways-to-run.ts';

const host = testHost();
const found = await probe(host);
const ways = [
  { where: 'in a sandbox of its own', way: inItsOwnSandbox, missing: null },
  { where: 'in a warm worker', way: inAWarmWorker, missing: await whyNeverWarm(host) },
];
let bench: JobBench;

beforeEach(async () => {
  bench = await jobBench(host.python);
});
afterEach(() => bench.remove());

/** Skips, saying why, where the host lacks an ability. */
function needs(context: { skip(note: string): void }, ...abilities: string[]) {
  for (const name of abilities) {
    const ability = found.abilities[name];
    if (ability?.ok !== true)
      context.skip(`this host cannot contain it (${name}: ${ability?.why ?? 'unknown'})`);
  }
}

describe.each(ways)('$where', ({ way, missing }) => {
  beforeEach((context) => {
    if (missing !== null) context.skip(`this host has no warm workers: ${missing}`);
  });

  async function run(program: string, limits: Partial<SandboxLimits> = {}, argv: string[] = []) {
    return await way(host, bench, await bench.request(program, limits, argv));
  }

  describe('a broken program', () => {
    test('with a syntax error fails with the error as the reason', async () => {
      const { exit } = await run('def broken(:\n');
      expect(exit).toMatchObject({ outcome: 'failed', exitCode: 1 });
      expect(exit.reason).toContain('SyntaxError');
    });

    test('that exits with 1 has failed', async () => {
      const { exit } = await run('import sys\nprint("so far")\nsys.exit(1)');
      expect(exit).toMatchObject({ outcome: 'failed', exitCode: 1, signal: null });
    });

    test('that crashes in native code has failed by that signal', async () => {
      const { exit } = await run('import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)');
      expect(exit).toMatchObject({ outcome: 'failed', exitCode: null, signal: 'SIGSEGV' });
    });

    test('whose command does not exist is refused', async () => {
      const request = await bench.request('');
      const { exit } = await way(host, bench, { ...request, argv: ['/no/such/program'] });
      expect(exit).toMatchObject({ outcome: 'refused', isolation: null });
      expect(exit.reason).toContain('No such file');
    });

    test('that loops for ever is timed out', async () => {
      const { exit } = await run('while True: pass', { wallSeconds: 1 });
      expect(exit).toMatchObject({ outcome: 'timed-out', signal: 'SIGTERM' });
      expect(exit.reason).toContain('the time limit of 1 s');
    });

    test('that ignores SIGTERM is killed after the grace', async () => {
      const program =
        'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(9)';
      const { exit } = await run(program, { wallSeconds: 1, graceSeconds: 0.5 });
      expect(exit).toMatchObject({ outcome: 'timed-out', signal: 'SIGKILL' });
    });

    test('that hangs without a sound is stalled', async () => {
      const { exit } = await run('import time\nprint("hello", flush=True)\ntime.sleep(60)', {
        stallSeconds: 1,
      });
      expect(exit.outcome).toBe('stalled');
    });

    test('is not stalled while a file of its output grows', async () => {
      const program =
        'import os, time\nfile = open(os.environ["MW_OUT"] + "/grows", "w")\n' +
        'for _ in range(8):\n    file.write("x" * 5000); file.flush(); time.sleep(0.4)\n';
      const { exit } = await run(program, { stallSeconds: 2 });
      expect(exit.outcome).toBe('finished');
    });
  });

  describe('a greedy program', () => {
    test('that allocates 10 GB runs out of memory, and the host does not', async () => {
      const { exit } = await run('data = b"x" * (10 << 30)\nprint(len(data))');
      expect(exit.outcome).toBe('out-of-memory');
    });

    test('that spreads its memory over many processes runs out of it just the same', async (context) => {
      needs(context, 'memory');
      const program =
        'import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n        data = b"x" * (40 << 20)\n        time.sleep(9)\n' +
        'for _ in range(8):\n    pid, status = os.wait()\n    assert status == 0, status\n';
      const { exit } = await run(program);
      expect(exit.outcome).toBe('out-of-memory');
    });

    test('that prints a million lines keeps the first and the last of them', async () => {
      const { exit } = await run('for i in range(1_000_000): print("line", i)', { wallSeconds: 60 });
      expect(exit).toMatchObject({ outcome: 'finished', output: { stdout: { lines: 1_000_000 } } });
      expect(exit.output.stdout.droppedLines).toBeGreaterThan(900_000);
    });

    test('that fills its disk is stopped', async () => {
      const program =
        'import os\nfor n in range(1000):\n    open(f"{os.environ[\'MW_OUT\']}/{n}", "wb").write(b"x" * (8 << 20))\n';
      const { exit } = await run(program);
      expect(exit.outcome).toBe('disk-full');
    });

    test('that writes one endless file is stopped', async () => {
      const { exit } = await run('f = open("big", "wb")\nwhile True: f.write(b"x" * (1 << 20))');
      expect(exit.outcome).toBe('disk-full');
    });

    test('that makes too many files is stopped', async () => {
      const program = 'import time\nfor n in range(10 ** 6):\n    open(f"f{n}", "w").close()\n';
      const { exit } = await run(program, { files: 2000 });
      expect(exit).toMatchObject({ outcome: 'disk-full' });
    });

    test('that forks without end meets the limit, and nothing of it is left', async (context) => {
      needs(context, 'pids', 'processes');
      const program =
        'import os, time\nwhile True:\n    try: os.fork()\n    except OSError: time.sleep(0.05)\n';
      const { exit } = await run(program, { wallSeconds: 1, graceSeconds: 0.2 });
      expect(exit.outcome).toBe('timed-out');
      expect(exit.reason).toContain('the limit of 32 processes was hit');
      expect(await bench.leftovers()).toEqual([]);
    });

    test('that takes more processor time than granted is slowed down', async (context) => {
      needs(context, 'cpu');
      const program = 'import time\nend = time.time() + 1\nwhile time.time() < end: pass';
      const { exit } = await run(program, { cpus: 0.2 });
      expect(exit.cpuSeconds).toBeLessThan(0.6);
    });
  });

  describe('a hostile program', () => {
    test('cannot read a secret of the host by its path', async (context) => {
      needs(context, 'filesystem');
      const secret = join(bench.folder, 'labels.csv');
      await writeFile(secret, 'the hidden labels');
      await chmod(secret, 0o666);
      const { exit, said } = await run('import sys\nprint(open(sys.argv[1]).read())', {}, [secret]);
      expect(exit).toMatchObject({ outcome: 'failed' });
      expect(exit.reason).toContain('FileNotFoundError');
      expect(said).not.toContain('hidden');
    });

    test('cannot write outside its folders', async (context) => {
      needs(context, 'filesystem');
      const program =
        'import sys\nfor path in sys.argv[1:]:\n    try:\n        open(path, "w").write("x")\n        print("wrote", path)\n' +
        '    except OSError as error: pass\n';
      await chmod(bench.folder, 0o777);
      const outside = join(bench.folder, 'planted');
      const targets = [
        outside,
        '/etc/passwd',
        '/usr/bin/planted',
        '/planted',
        '/mw/planted',
        '/proc/sys/kernel/hostname',
      ];
      const { said } = await run(program, {}, targets);
      expect(said).toBe('');
      await expect(access(outside)).rejects.toThrow('ENOENT');
    });

    test('cannot reach a server on the host', async (context) => {
      needs(context, 'network');
      const server = createServer();
      let visits = 0;
      server.on('connection', () => {
        visits += 1;
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const program = 'import socket, sys\nsocket.create_connection(("127.0.0.1", int(sys.argv[1])), 2)';
      const { exit } = await run(program, {}, [String(port)]);
      server.close();
      expect(exit.reason).toContain('ConnectionRefusedError');
      expect(visits).toBe(0);
    });

    test('has a loopback of its own for its workers', async (context) => {
      needs(context, 'network');
      const program =
        'import socket\nserver = socket.create_server(("127.0.0.1", 0))\n' +
        'socket.create_connection(server.getsockname(), 2)\nprint("ok")\n';
      expect((await run(program)).said).toBe('ok\n');
    });

    test('sees no process but its own', async (context) => {
      needs(context, 'processes');
      const { said } = await run(
        'import os\nprint(sorted(int(p) for p in os.listdir("/proc") if p.isdigit()), os.getpid())',
      );
      expect(said.trim()).toMatch(/^(\[1, \d+\] \d+|\[\] \d+)$/);
    });

    test('finds no secret in any environment it can read', async (context) => {
      needs(context, 'processes');
      process.env['MW_TEST_SECRET'] = 'a-planted-secret';
      const program =
        'import os\nprint(sorted(os.environ))\nfor pid in [p for p in os.listdir("/proc") if p.isdigit()]:\n' +
        '    try: print(open(f"/proc/{pid}/environ").read())\n    except OSError: pass\n';
      const { said } = await run(program);
      delete process.env['MW_TEST_SECRET'];
      expect(said).not.toContain('planted');
      expect(said).toContain("['HOME', 'LANG', 'MW_OUT', 'PATH']");
    });

    test('has no capabilities, gains none, and makes no namespaces', async (context) => {
      needs(context, 'noCapabilities', 'systemCallFilter');
      const program =
        'import ctypes\nstatus = dict(line.split(":", 1) for line in open("/proc/self/status"))\n' +
        'print([status[k].strip() for k in ("CapEff", "CapPrm", "CapBnd", "NoNewPrivs")], ctypes.CDLL(None).unshare(0x10000000))\n';
      const none = '0000000000000000';
      expect((await run(program)).said.trim()).toBe(`['${none}', '${none}', '${none}', '1'] -1`);
    });

    test('leaves no daemon behind', async (context) => {
      needs(context, 'processes');
      const program =
        'import os, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(300)\n    os._exit(0)\nos.wait()\n';
      const { exit } = await run(program);
      expect(exit.outcome).toBe('finished');
      expect(await bench.leftovers()).toEqual([]);
    });

    test('cannot plant links or pipes for those who read its output', async () => {
      const program =
        'import os\nout = os.environ["MW_OUT"]\nos.symlink("/etc/passwd", out + "/model")\nos.symlink("../job", out + "/up")\n' +
        'os.mkfifo(out + "/pipe")\nopen(out + "/real", "w").close()\nos.symlink("real", out + "/latest")\n';
      const { exit } = await run(program);
      expect((await readdir(bench.out)).sort()).toEqual(['latest', 'real']);
      expect(exit.removed).toHaveLength(3);
    });

    test('gives its files back to their owner', async (context) => {
      needs(context, 'ownUser');
      await run(
        'import os\nos.makedirs(os.environ["MW_OUT"] + "/a/b")\nopen(os.environ["MW_OUT"] + "/a/b/c", "w").write("x")\nos.chmod(os.environ["MW_OUT"] + "/a", 0)',
      );
      expect(await readFile(join(bench.out, 'a/b/c'), 'utf8')).toBe('x');
    });
  });
});
