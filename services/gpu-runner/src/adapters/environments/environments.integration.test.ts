/** Environments with a real interpreter and installer, and an index that is a folder or does not answer. */
import { execFileSync } from 'node:child_process';
import { access, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentBench } from '../../testing/environment-bench.ts';
import { makeWheel } from '../../testing/made-packages.ts';
import { testPython } from '../../testing/runner-bench.ts';
import type { EnvironmentResult } from './environments.ts';
import { ProcessBuildSandbox } from './process-build-sandbox.ts';

const python = testPython();
const sandbox = new ProcessBuildSandbox(python, { uidBase: 1_900_000_000 });
/** Nothing listens there. */
const NO_INDEX = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0' };
const TOOL = { name: 'tiny_tool', version: '1.2', source: 'ANSWER = 42\n' };
const TOOL_WANTED = { kind: 'requirements', text: 'tiny-tool==1.2\n' } as const;

function pipVersion(): string | null {
  try {
    const code = 'import importlib.metadata as m; print(m.version("pip"))';
    return execFileSync(python, ['-c', code], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
const pip = pipVersion();
const withPip = test.skipIf(pip === null);

const interpreterIn = (result: EnvironmentResult) =>
  result.kind === 'ready' ? result.environment.python : expect.unreachable(result.reason);
const answerOf = (result: EnvironmentResult, code: string) =>
  execFileSync(interpreterIn(result), ['-c', code], { encoding: 'utf8' }).trim();

test('jobs that ask for none get the base interpreter', async () => {
  await using bench = await environmentBench(sandbox);
  const result = await bench.host('a').provide({ kind: 'base' }, await bench.job('j'));
  expect(result).toMatchObject({ kind: 'ready', key: null, environment: { python } });
});

withPip(
  'requirements are installed once, whoever asks, also after a restart without an index',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, TOOL);
    const environments = bench.host('a');
    const job = await bench.job('j');
    const both = await Promise.all([
      environments.provide(TOOL_WANTED, job),
      environments.provide(TOOL_WANTED, job),
    ]);
    expect(answerOf(both[0], 'import tiny_tool; print(tiny_tool.ANSWER)')).toBe('42');
    expect(both[1]).toEqual(both[0]);
    expect(bench.locks.locks.size).toBe(1);
    await rm(bench.index, { recursive: true });
    expect(await bench.host('a').provide(TOOL_WANTED, job)).toEqual(both[0]);
  },
  60_000,
);

withPip(
  'its sources are compiled, beside the first job',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, TOOL);
    const environments = bench.host('a');
    const result = await environments.provide(TOOL_WANTED, await bench.job('j'));
    await environments.settled();
    expect(answerOf(result, 'import os, tiny_tool; print(os.path.exists(tiny_tool.__cached__))')).toBe(
      'True',
    );
  },
  60_000,
);

withPip(
  'the base of jobs that ask for none may be made from requirements too',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, TOOL);
    const file = join(bench.path, 'base.txt');
    await writeFile(file, TOOL_WANTED.text);
    const environments = bench.host('a', { baseRequirements: file });
    const base = await environments.provide({ kind: 'base' }, await bench.job('j'));
    expect(base).toEqual(await environments.provide(TOOL_WANTED, await bench.job('j')));
  },
  60_000,
);

withPip(
  'a second host installs what the first has locked, whatever its own index offers',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, { ...TOOL, requires: ['tiny_part>=1'] });
    await makeWheel(bench.index, { name: 'tiny_part', version: '1.0', source: 'VERSION = 1\n' });
    const code = 'import tiny_part; print(tiny_part.VERSION)';
    expect(answerOf(await bench.host('a').provide(TOOL_WANTED, await bench.job('j')), code)).toBe('1');
    await makeWheel(bench.index, { name: 'tiny_part', version: '2.0', source: 'VERSION = 2\n' });
    expect(answerOf(await bench.host('b').provide(TOOL_WANTED, await bench.job('j')), code)).toBe('1');
  },
  60_000,
);

withPip(
  'a package that was changed since is refused, and nothing stands in for it',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, TOOL);
    await bench.host('a').provide(TOOL_WANTED, await bench.job('j'));
    await makeWheel(bench.index, { ...TOOL, source: 'ANSWER = "planted"\n' });
    const refused = await bench.host('b').provide(TOOL_WANTED, await bench.job('j'));
    expect(refused).toMatchObject({ kind: 'refused', passing: false });
    if (refused.kind === 'refused') {
      expect(refused.reason).toMatch(
        /tiny-tool==1\.2 from \S+ is another file than the one that was agreed on: its sha256 is/,
      );
    }
  },
  60_000,
);

withPip(
  'a version that does not exist is refused with those that do',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, TOOL);
    const wanted = { kind: 'requirements', text: 'tiny-tool==9.9\n' } as const;
    const refused = await bench.host('a').provide(wanted, await bench.job('j'));
    expect(refused).toMatchObject({
      passing: false,
      reason: expect.stringContaining('(there are versions 1.2)'),
    });
  },
  60_000,
);

withPip(
  'where no index answers, the same versions among the own packages serve, and that is said',
  async () => {
    await using bench = await environmentBench(sandbox);
    const environments = bench.host('a', { variables: NO_INDEX });
    // Another package than the installer itself is not to be had everywhere.
    const own = await environments.provide(
      { kind: 'requirements', text: `pip==${pip}\n` },
      await bench.job('j'),
    );
    expect(answerOf(own, 'import pip; print(pip.__version__)')).toBe(pip);
    if (own.kind === 'ready') expect(own.environment.notes[0]).toContain('base packages, versions checked');
    expect(bench.locks.locks.size).toBe(0);
  },
  60_000,
);

withPip(
  'where no index answers and the own packages differ, the reason names what is missing and the remedy',
  async () => {
    await using bench = await environmentBench(sandbox);
    const wanted = { kind: 'requirements', text: 'tiny-tool==9.9\n' } as const;
    const refused = await bench.host('a', { variables: NO_INDEX }).provide(wanted, await bench.job('j'));
    expect(refused).toMatchObject({ kind: 'refused', passing: true });
    if (refused.kind === 'refused') {
      expect(refused.reason).toMatch(/does not answer.*lack tiny-tool==9\.9.*Give the runner access/);
    }
  },
  60_000,
);

withPip(
  'environments that nobody uses make room, those in use stay',
  async () => {
    await using bench = await environmentBench(sandbox);
    await makeWheel(bench.index, { ...TOOL, source: `FILLED = "${'x'.repeat(100_000)}"\n` });
    await makeWheel(bench.index, { name: 'other_tool', version: '1.0', source: 'OTHER = 1\n' });
    await makeWheel(bench.index, { name: 'third_tool', version: '1.0', source: 'THIRD = 1\n' });
    const environments = bench.host('a', { maxBytes: 50_000 });
    const provide = async (text: string, job: string) => {
      const result = await environments.provide({ kind: 'requirements', text }, job);
      await environments.settled();
      return result;
    };
    const job = await bench.job('j');
    const used = await provide(TOOL_WANTED.text, job);
    await provide('other-tool==1.0\n', await bench.job('k'));
    expect(answerOf(used, 'import tiny_tool; print(len(tiny_tool.FILLED))')).toBe('100000');
    await rm(job, { recursive: true });
    await provide('third-tool==1.0\n', await bench.job('k'));
    await expect(access(interpreterIn(used))).rejects.toThrow('ENOENT');
    const made = await readdir(join(bench.path, 'a'));
    expect(made.filter((name) => name !== '.thrown-out')).toHaveLength(2);
  },
  60_000,
);
