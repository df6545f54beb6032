/** The same programs where the host grants less: an ordinary user, and no isolation at all. */
import { accessSync, constants, writeFileSync } from 'node:fs';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  probe,
  runContained,
  type SandboxHost,
  type SandboxRequest,
  stop,
  supervise,
  waitForExit,
} from './index.ts';
import { type JobBench, jobBench, testHost } from './testing/job-bench.ts';

const NOBODY = 65534;
const never = new AbortController().signal;
let bench: JobBench;

describe('for an ordinary user', () => {
  const python = '/usr/bin/python3';
  let host: SandboxHost;
  let folder: string;

  beforeEach(async (context) => {
    if (process.getuid?.() !== 0)
      context.skip('only root can become an ordinary user; as one, the other tests are this one');
    if (!(isThere(python) && isThere('/usr/bin/setpriv'))) context.skip('needs /usr/bin/python3 and setpriv');
    folder = await mkdtemp(join(tmpdir(), 'mw-as-nobody-'));
    await chmod(folder, 0o755);
    const script = join(folder, 'python-as-nobody');
    writeFileSync(
      script,
      `#!/bin/sh\nexec /usr/bin/setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups ${python} "$@"\n`,
    );
    await chmod(script, 0o755);
    host = { python: script };
    const found = await probe(host).catch((error: Error) => error.message);
    if (typeof found === 'string') context.skip(`the package is not readable for nobody (${found})`);
    else if (found.level === 'none')
      context.skip(`unprivileged user namespaces: ${found.abilities['filesystem']?.why}`);
    bench = await jobBench(python);
    for (const path of [bench.jobdir, bench.work, bench.out]) await chown(path, NOBODY, NOBODY);
  });
  afterEach(async () => {
    await bench.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(program: string, change: Partial<SandboxRequest> = {}) {
    const request = await bench.request(program);
    await supervise(host, bench.jobdir, { ...request, isolation: 'required', ...change });
    return await waitForExit(bench.jobdir, never);
  }

  test('a program is contained by a user namespace', async () => {
    const secret = join(bench.folder, 'secret');
    await writeFile(secret, 'x');
    const exit = await run(
      `import os\nassert not os.path.exists(${JSON.stringify(secret)})\nassert os.getppid() == 1\nopen("mine", "w")`,
    );
    expect(exit).toMatchObject({
      outcome: 'finished',
      isolation: { mode: 'user', filesystem: true, network: true },
    });
  });

  test('the guard of the namespace cannot be looked into or killed by the program it guards', async () => {
    const exit = await run(
      'import os, signal\nfor number in (1, 2, 9, 15): os.kill(1, number)\n' +
        'for name in ("environ", "maps", "mem"):\n    try:\n        open(f"/proc/1/{name}").read()\n    except PermissionError: continue\n    raise SystemExit(name)\n',
    );
    expect(exit).toMatchObject({ outcome: 'finished' });
  });

  test('too much memory is an outcome without control groups, too', async () => {
    const exit = await run('data = b"x" * (10 << 30)');
    expect(exit).toMatchObject({ outcome: 'out-of-memory', isolation: { memory: 'rlimit' } });
  });
});

describe('without isolation', () => {
  const host = testHost();

  beforeEach(async () => {
    bench = await jobBench(host.python);
  });
  afterEach(() => bench.remove());

  async function run(program: string) {
    return await runContained(host, { ...(await bench.request(program)), isolation: 'none' });
  }

  test('the record says so, field by field', async () => {
    const { exit } = await run('pass');
    expect(exit).toMatchObject({
      outcome: 'finished',
      isolation: { mode: 'none', filesystem: false, network: false, processes: false },
    });
  });

  test('a program finds its folders by the same names', async () => {
    const { exit } = await run(
      'import os\nopen(os.environ["MW_OUT"] + "/file", "w")\nopen(os.environ["HOME"] + "/file", "w")',
    );
    expect(exit.outcome).toBe('finished');
  });

  test('a daemon that leaves its family is found and ended all the same', async (context) => {
    if (process.platform !== 'linux') context.skip('needs /proc');
    const program =
      'import os, time\nread, write = os.pipe()\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        os.write(write, b"x")\n' +
      '        while True:\n            open(os.environ["MW_OUT"] + "/alive", "w").close()\n            time.sleep(0.01)\n    os._exit(0)\nos.wait()\nos.read(read, 1)\n';
    const { exit } = await run(program);
    expect(exit.outcome).toBe('finished');
    expect(await bench.leftovers()).toEqual([]);
  });

  test('a background program is stopped on request', async () => {
    const request = await bench.request('import time\ntime.sleep(60)');
    await supervise(host, bench.jobdir, { ...request, isolation: 'none' });
    await stop(bench.jobdir, { reason: 'test', graceSeconds: 0 });
    expect(await waitForExit(bench.jobdir, never)).toMatchObject({ outcome: 'cancelled' });
  });
});

function isThere(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
