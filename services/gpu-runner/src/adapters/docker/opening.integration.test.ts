/** What a runner is told at its start when it cannot have containers, and where environments are made when it can. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import type { BuildStep } from '../../adapters/environments/build-sandbox.ts';
import { executorChoices } from '../../testing/executor-choices.ts';
import { openWith } from '../../testing/executor-conformance/open-with.ts';
import { testPython } from '../../testing/runner-bench.ts';

const choice = (await executorChoices()).find(({ name }) => name === 'docker');
const there = choice?.variables ?? null;
const here = there === null ? `skipped: ${choice?.missing}` : 'on a real engine';

async function opened(change: Record<string, string>) {
  await using home = await temporaryFolder('mw-docker-');
  return await openWith(
    { RUNNER_EXECUTOR: 'docker', ...there, MODELWRIGHT_PYTHON: testPython(), ...change },
    home.path,
  );
}

test('an engine that does not answer is refused with what to do', async () => {
  await expect(opened({ RUNNER_DOCKER_HOST: 'unix:///no/such.sock' })).rejects.toThrow(
    /no Docker engine answers at \/no\/such.sock.*RUNNER_EXECUTOR be process/,
  );
});

describe.skipIf(there === null)(`a start is refused (${here})`, () => {
  test.each([
    [
      'an unknown image that may not be pulled',
      { RUNNER_IMAGE: 'no/such:image', RUNNER_IMAGE_PULL: 'never' },
      /no image no\/such:image/,
    ],
    [
      'an image whose registry does not answer',
      { RUNNER_IMAGE: '127.0.0.1:9/none:1' },
      /could not be pulled.*deploy\/images\/base/,
    ],
    ['a runtime that the engine lacks', { RUNNER_RUNTIME: 'runsc' }, /no runtime runsc, only .*runc/],
  ])('for %s', async (_, change, reason) => {
    await expect(opened(change)).rejects.toThrow(reason);
  });
});

describe.skipIf(there === null)(`the build sandbox (${here})`, () => {
  const step = (change: Partial<BuildStep>): BuildStep => ({
    ...{
      words: ['-c', 'pass'],
      writable: [],
      readable: [],
      variables: {},
      network: true,
      isolation: 'required',
    },
    limits: { seconds: 60, memoryBytes: 2 ** 28, diskBytes: 2 ** 24 },
    ...change,
  });

  test('has a network where it is asked for one, and the certificates that a site names', async () => {
    await using home = await temporaryFolder('mw-docker-');
    const { builds } = await openWith({ ...there, MODELWRIGHT_PYTHON: testPython() }, home.path);
    const authority = join(home.path, 'authority.pem');
    await writeFile(authority, 'of the site');
    const program =
      'import os, sys\nprint(sorted(os.listdir("/sys/class/net")), open(os.environ["SSL_CERT_FILE"]).read())';
    const words = ['-c', program];
    const variables = { SSL_CERT_FILE: authority };
    expect(await builds.run(step({ words, variables }))).toMatchObject({
      ok: true,
      stdout: "['eth0', 'lo'] of the site\n",
    });
    expect((await builds.run(step({ words, variables, network: false }))).stdout).toContain("['lo']");
  });

  test('writes its folders only, sees nothing else of the host, and inherits nothing', async () => {
    await using home = await temporaryFolder('mw-docker-');
    const { builds } = await openWith({ ...there, MODELWRIGHT_PYTHON: testPython() }, home.path);
    const [out, read] = [join(home.path, 'out'), join(home.path, 'read')];
    for (const folder of [out, read]) await mkdir(folder);
    await writeFile(join(home.path, 'secret'), 'of the host');
    const program = `
import os
open("${out}/made", "w").write("by the build")
for path in ("${read}/planted", "/usr/planted"):
    try:
        open(path, "w")
        print("wrote", path)
    except OSError:
        pass
print(os.path.exists("${home.path}/secret"), sorted(name for name in os.environ if name.startswith(("NATS", "RUNNER", "OPENAI"))))
print(os.getuid() != 0, os.path.exists("/var/run/docker.sock"))`;
    const done = await builds.run(step({ words: ['-c', program], writable: [out], readable: [read] }));
    expect(done).toMatchObject({ ok: true, stdout: 'False []\nTrue False\n' });
    expect(await readFile(join(out, 'made'), 'utf8')).toBe('by the build');
    expect(existsSync(join(read, 'planted'))).toBe(false);
  });

  test('tells how a step failed', async () => {
    await using home = await temporaryFolder('mw-docker-');
    const { builds } = await openWith({ ...there, MODELWRIGHT_PYTHON: testPython() }, home.path);
    const done = await builds.run(step({ words: ['-c', 'raise SystemExit("no such package")'] }));
    expect(done).toMatchObject({ ok: false, stderr: 'no such package\n' });
    expect(done.reason).toContain('exit code 1');
  });
});
