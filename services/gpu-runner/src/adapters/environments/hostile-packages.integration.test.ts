/** Packages whose installation would run a program of theirs: refused, or contained where the operator allows them. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentBench } from '../../testing/environment-bench.ts';
import { makeSourceDistribution, makeWheel } from '../../testing/made-packages.ts';
import { testPython } from '../../testing/runner-bench.ts';
import { ProcessBuildSandbox } from './process-build-sandbox.ts';

const sandbox = new ProcessBuildSandbox(testPython(), { uidBase: 1_900_000_000 });
const WANTED = { kind: 'requirements', text: 'evil-tool==1.0\n' } as const;

/** Looks for what it must not find, and tries what it must not do. */
const SPY = (secret: string, others: string, planted: string) => `
import os, socket
def attempt(what):
    try:
        return repr(what())
    except Exception as error:
        return type(error).__name__
def read(path):
    return lambda: open(path).read()
def write(path):
    return lambda: open(path, "w").write("x")
def connect(path):
    handle = socket.socket(socket.AF_UNIX)
    return lambda: handle.connect(path)
SEEN = {
    "variables": sorted(os.environ),
    "values": " ".join(os.environ.values()),
    "uid": os.getuid(),
    "secret": attempt(read(${JSON.stringify(secret)})),
    "others": attempt(lambda: os.listdir(${JSON.stringify(others)})),
    "planted": attempt(write(${JSON.stringify(planted)})),
    "shadow": attempt(read("/etc/shadow")),
    "docker": [attempt(connect(path)) for path in ("/var/run/docker.sock", "/run/docker.sock")],
    "processes": sum(name.isdigit() for name in os.listdir("/proc")),
}
`;

test('a package from source is refused by default, and nothing of it runs', async () => {
  await using bench = await environmentBench(sandbox);
  const source = `open(${JSON.stringify(join(bench.path, 'ran'))}, "w").write("x")\nSEEN = 0`;
  await makeSourceDistribution(bench.index, { name: 'evil_tool', version: '1.0', source });
  const refused = await bench.host('a').provide(WANTED, await bench.job('j'));
  expect(refused).toMatchObject({ kind: 'refused', reason: expect.stringContaining('none as a wheel') });
  await expect(readFile(join(bench.path, 'ran'))).rejects.toThrow('ENOENT');
}, 60_000);

test('where it is allowed, its program finds no variables, no files and no sockets of the host', async (context) => {
  const probe = await sandbox.run({
    words: ['-c', ''],
    writable: [],
    readable: [],
    variables: {},
    network: true,
    isolation: 'required',
    limits: { seconds: 20, memoryBytes: 2 ** 28, diskBytes: 2 ** 20 },
  });
  if (!probe.ok) context.skip(`this host contains nothing: ${probe.reason}`);
  await using bench = await environmentBench(sandbox);
  const secret = join(bench.path, 'secret');
  await writeFile(secret, 'of the host');
  await mkdir(join(bench.path, 'a'));
  process.env['MW_TEST_SECRET'] = 'a-planted-secret';
  const source = SPY(secret, bench.path, join(bench.path, 'planted'));
  await makeSourceDistribution(bench.index, { name: 'evil_tool', version: '1.0', source });
  const made = await bench.host('a', { policy: 'any' }).provide(WANTED, await bench.job('j'));
  delete process.env['MW_TEST_SECRET'];
  if (made.kind === 'refused') throw new Error(made.reason);
  const code = 'import json, evil_tool; print(json.dumps(evil_tool.SEEN))';
  const seen = JSON.parse(execFileSync(made.environment.python, ['-c', code], { encoding: 'utf8' }));
  expect(seen.values).not.toContain('planted');
  expect(
    seen.variables.filter(
      (name: string) => !/^(PIP_|_PIP|PEP517|_PYPROJECT|PATH$|LANG$|LC_|HOME$|TMPDIR$|PYTHON)/.test(name),
    ),
  ).toEqual([]);
  expect(seen).toMatchObject({ secret: 'FileNotFoundError', shadow: 'FileNotFoundError' });
  expect(seen.others).not.toContain('secret');
  await expect(readFile(join(bench.path, 'planted'))).rejects.toThrow('ENOENT');
  expect(seen.docker).toEqual(['FileNotFoundError', 'FileNotFoundError']);
  expect(seen.processes).toBeLessThan(10);
  if (process.getuid?.() === 0) expect(seen.uid).toBeGreaterThanOrEqual(1_900_000_000);
}, 60_000);

test('packages from source and an index with a password do not go together', async () => {
  await using bench = await environmentBench(sandbox);
  const variables = { PIP_INDEX_URL: 'https://me:secret@index.example/simple' };
  const making = bench.host('a', { policy: 'any', variables }).provide(WANTED, await bench.job('j'));
  await expect(making).rejects.toThrow('could read the password in PIP_INDEX_URL');
});

test('what a wheel brings is not executed while it is installed and compiled', async () => {
  await using bench = await environmentBench(sandbox);
  const server = createServer();
  let visits = 0;
  server.on('connection', () => {
    visits += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const source = `import socket; socket.create_connection(("127.0.0.1", ${port}), 5)\n`;
  await makeWheel(bench.index, { name: 'evil_tool', version: '1.0', source, startup: source });
  const environments = bench.host('a');
  const made = await environments.provide(WANTED, await bench.job('j'));
  await environments.settled();
  expect(made.kind).toBe('ready');
  expect(visits).toBe(0);
  if (made.kind === 'ready') execFileSync(made.environment.python, ['-c', 'pass'], { stdio: 'ignore' });
  await expect.poll(() => visits).toBeGreaterThan(0); // started there it would have called
  server.close();
}, 60_000);
