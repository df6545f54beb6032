/** Environments for containers: made with the interpreter of the image, used by programs in it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EnvironmentBench, environmentBench } from '../../testing/environment-bench.ts';
import { executorChoices } from '../../testing/executor-choices.ts';
import { openWith } from '../../testing/executor-conformance/open-with.ts';
import { makeSourceDistribution, makeWheel } from '../../testing/made-packages.ts';
import { testPython } from '../../testing/runner-bench.ts';
import type { BuildSandbox } from './build-sandbox.ts';
import type { EnvironmentResult } from './environments.ts';

const choice = (await executorChoices()).find(({ name }) => name === 'docker');
const there = choice?.variables ?? null;
const here = there === null ? `skipped: ${choice?.missing}` : 'on a real engine';
const MINUTES = 120_000;

describe.skipIf(there === null)(`environments for containers (${here})`, () => {
  let home: Awaited<ReturnType<typeof temporaryFolder>>;
  let builds: BuildSandbox;

  beforeAll(async () => {
    home = await temporaryFolder('mw-docker-');
    ({ builds } = await openWith({ ...there, MODELWRIGHT_PYTHON: testPython() }, home.path));
  });
  afterAll(async () => {
    await home?.[Symbol.asyncDispose]();
  });

  /** What a program says that a container runs with the interpreter of the environment. */
  const answerOf = async (bench: EnvironmentBench, result: EnvironmentResult, code: string) => {
    if (result.kind === 'refused') throw new Error(result.reason);
    const { python } = result.environment;
    const start = `import subprocess; print(subprocess.check_output([${JSON.stringify(python)}, "-c", ${JSON.stringify(code)}], text=True), end="")`;
    const { stdout, stderr, ok } = await builds.run({
      words: ['-c', start],
      writable: [],
      readable: [join(bench.path, 'a')],
      variables: {},
      network: false,
      isolation: 'required',
      limits: { seconds: 60, memoryBytes: 2 ** 28, diskBytes: 2 ** 24 },
    });
    return ok ? stdout.trim() : stderr;
  };

  test(
    'hold what was locked, compiled, and are seen by programs under their own path',
    async () => {
      await using bench = await environmentBench(builds);
      await makeWheel(bench.index, { name: 'tiny_tool', version: '1.2', source: 'ANSWER = 42\n' });
      const environments = bench.host('a');
      const wanted = { kind: 'requirements', text: 'tiny-tool==1.2\n' } as const;
      const made = await environments.provide(wanted, await bench.job('j'));
      await environments.settled();
      const code = 'import os, tiny_tool; print(tiny_tool.ANSWER, os.path.exists(tiny_tool.__cached__))';
      expect(await answerOf(bench, made, code)).toBe('42 True');
      const [lock] = bench.locks.locks.values();
      expect(lock).toMatchObject({ packages: [{ name: 'tiny-tool', version: '1.2' }] });
    },
    MINUTES,
  );

  test(
    'are made without the host in sight, also where packages run programs of their own',
    async () => {
      await using bench = await environmentBench(builds);
      const source = `
import os
SEEN = [os.getuid() != 0, [p for p in ("/var/run/docker.sock", "/run/docker.sock", ${JSON.stringify(bench.path)} + "/jobs") if os.path.exists(p)]]
`;
      await makeSourceDistribution(bench.index, { name: 'evil_tool', version: '1.0', source });
      const wanted = { kind: 'requirements', text: 'evil-tool==1.0\n' } as const;
      const made = await bench.host('a', { policy: 'any' }).provide(wanted, await bench.job('j'));
      expect(existsSync(join(bench.path, 'jobs'))).toBe(true);
      expect(await answerOf(bench, made, 'import evil_tool; print(evil_tool.SEEN)')).toBe('[True, []]');
    },
    MINUTES,
  );
});
