/** What a program finds around it, and what it does not. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExecutorBench } from './executor-bench.ts';

const TELLS = `
import json, os
def can(action):
    try:
        action()
        return True
    except OSError:
        return False
print(json.dumps({
    "seen": {name: os.listdir(os.environ[name]) for name in ("MW_DATA", "MW_INPUTS", "MW_RESUME", "MW_ASSETS")},
    "written": [name for name in ("MW_DATA", "MW_INPUTS", "MW_RESUME", "MW_ASSETS")
                if can(lambda: open(os.environ[name] + "/planted", "w"))],
    "job": os.environ["MW_JOB"], "own": os.environ["OWN"], "cpus": os.environ["MW_CPUS"],
    "inherited": [name for name in os.environ if name in ("NATS_PASSWORD", "NODE_OPTIONS", "VITEST")],
    "out": can(lambda: open(os.environ["MW_OUT"] + "/file", "w")),
    "here": can(lambda: open("beside.txt", "w")),
}))
`;

export function reach(bench: () => ExecutorBench): void {
  describe('a program finds', () => {
    test('its folders, those it is given to read unchangeable, and its variables only', async () => {
      const places = await folders(bench().home, ['data', 'inputs', 'resume', 'assets']);
      const { execution } = await bench().run(TELLS, { places, job: { variables: { OWN: 'yes' } } });
      const [line = ''] = await bench().said(execution);
      expect(JSON.parse(line)).toEqual({
        seen: {
          MW_DATA: ['data.txt'],
          MW_INPUTS: ['inputs.txt'],
          MW_RESUME: ['resume.txt'],
          MW_ASSETS: ['assets.txt'],
        },
        written: [],
        job: execution.job.id,
        own: 'yes',
        cpus: '1',
        inherited: [],
        out: true,
        here: true,
      });
    });

    test('an account with a name', async () => {
      const { execution } = await bench().run('import getpass; print(getpass.getuser())');
      expect((await bench().said(execution)).length).toBe(1);
    });

    test('an environment of packages at its own path', async () => {
      const packages = join(bench().home, 'packages');
      await mkdir(packages, { recursive: true });
      await writeFile(join(packages, 'tiny.py'), 'ANSWER = 42\n');
      const { python } = bench().executor.builds;
      const { execution } = await bench().run(
        `import sys\nsys.path.append(${JSON.stringify(packages)})\nimport tiny\nprint(tiny.ANSWER)\nopen(tiny.__file__, "a")`,
        { environment: { python, folders: [packages], notes: [] } },
      );
      expect(await bench().said(execution)).toEqual(['42']);
      expect((await bench().lines(execution, 'stderr')).at(-1)?.text).toMatch(/Read-only|Permission denied/);
    });
  });

  describe('a program does not reach', () => {
    test('the network', async () => {
      const server = createServer((socket) => socket.end('hello'));
      await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const { execution } = await bench().run(
        `import os, socket
for host in ("127.0.0.1", "8.8.8.8", "172.17.0.1"):
    try:
        socket.create_connection((host, ${port}), 2)
        print("connected to", host)
    except OSError:
        pass
print(sorted(os.listdir("/sys/class/net")) if os.path.exists("/sys/class/net") else ["lo"])`,
      );
      server.close();
      expect(await bench().said(execution)).toEqual(["['lo']"]);
    });

    test('files and processes of the host, nor the user that runs it', async () => {
      const secret = join(bench().home, 'secret');
      await writeFile(secret, 'a secret of the host');
      const { execution } = await bench().run(
        `import os
print(os.path.exists(${JSON.stringify(secret)}), len([p for p in os.listdir("/proc") if p.isdigit()]) < 5)
print(os.getuid() not in (0,))`,
      );
      expect(await bench().said(execution)).toEqual(['False True', 'True']);
    });
  });

  describe('what a program leaves', () => {
    test('belongs to the runner, without links that lead out of it', async () => {
      const { execution, ending } = await bench().run(
        'import os\nos.chdir(os.environ["MW_OUT"])\nos.symlink("/etc/passwd", "out")\nos.symlink("kept", "in")\nopen("kept", "w").write("x")\nos.mkfifo("pipe")\nos.mkdir("closed", 0o000)',
      );
      expect((await readdir(execution.places.out)).sort()).toEqual(['closed', 'in', 'kept']);
      expect(await readFile(join(execution.places.out, 'in'), 'utf8')).toBe('x');
      expect(await readdir(join(execution.places.out, 'closed'))).toEqual([]);
      expect(ending.reason).toContain('out: a link out of the folder');
    });

    test('is copied while it runs, without following links', async () => {
      const execution = await bench().prepare(
        'import os, time\nos.chdir(os.environ["MW_OUT"])\nos.mkdir("checkpoint")\nopen("checkpoint/a", "w").write("1")\nos.symlink("/etc/passwd", "checkpoint/b")\nprint("saved")\ntime.sleep(60)',
      );
      await bench().start(execution);
      await bench().hears(execution, 'saved');
      const copy = join(bench().home, 'copy');
      await bench().executor.snapshot(join(execution.places.out, 'checkpoint'), copy, 1000);
      expect(await readdir(copy)).toEqual(['a']);
      await bench().executor.stop(execution.places.record, 'copied', 0);
      await bench().end(execution);
    });
  });
}

async function folders<Name extends string>(home: string, names: readonly Name[]) {
  const made: Partial<Record<Name, string>> = {};
  for (const name of names) {
    const path = join(home, name);
    await mkdir(path);
    await writeFile(join(path, `${name}.txt`), name);
    made[name] = path;
  }
  return made;
}
