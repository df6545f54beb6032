/** Environments with a real interpreter and installer, and an index that is a folder or does not answer. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '@modelwright/telemetry';
import { temporaryFolder } from '@modelwright/testing';
import { expect, test } from 'vitest';
import { testPython } from '../../testing/runner-bench.ts';
import { Environments } from './environments.ts';

const python = testPython();
const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
const PATH = process.env['PATH'] ?? '';
/** Nothing listens there. */
const NO_INDEX = { PATH, PIP_INDEX_URL: 'http://127.0.0.1:9/simple', PIP_RETRIES: '0' };

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
const WITHOUT_PIP = `${python} has no pip`;

/** A wheel of one module, made by hand. */
async function wheel(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const make = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/tiny_tool-1.2-py3-none-any.whl", "w") as z:
    z.writestr("tiny_tool.py", "ANSWER = 42\\n")
    z.writestr("tiny_tool-1.2.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny-tool\\nVersion: 1.2\\n")
    z.writestr("tiny_tool-1.2.dist-info/WHEEL", "Wheel-Version: 1.0\\nGenerator: hand\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    z.writestr("tiny_tool-1.2.dist-info/RECORD", "tiny_tool.py,,\\ntiny_tool-1.2.dist-info/METADATA,,\\ntiny_tool-1.2.dist-info/WHEEL,,\\ntiny_tool-1.2.dist-info/RECORD,,\\n")
`;
  execFileSync(python, ['-c', make, folder]);
}

const answerOf = (interpreter: string, code: string) =>
  execFileSync(interpreter, ['-c', code], { encoding: 'utf8' }).trim();

test('the runner has an environment of its own for jobs that ask for none', async () => {
  await using folder = await temporaryFolder();
  const environments = new Environments(folder.path, python, { variables: NO_INDEX, logger });
  expect(await environments.provide({ kind: 'base' })).toMatchObject({
    kind: 'ready',
    environment: { python },
  });
});

test('requirements are installed once for each text', async (context) => {
  if (pip === null) context.skip(WITHOUT_PIP);
  await using folder = await temporaryFolder();
  await wheel(join(folder.path, 'index'));
  const site = { PATH, PIP_NO_INDEX: '1', PIP_FIND_LINKS: join(folder.path, 'index') };
  const environments = new Environments(join(folder.path, 'environments'), python, {
    variables: site,
    logger,
  });
  const wanted = { kind: 'requirements', text: 'tiny-tool==1.2\n' } as const;
  const both = await Promise.all([environments.provide(wanted), environments.provide(wanted)]);
  const [first] = both;
  if (first?.kind !== 'ready') throw new Error(first?.reason);
  expect(both[1]).toEqual(first);
  expect(answerOf(first.environment.python, 'import tiny_tool; print(tiny_tool.ANSWER)')).toBe('42');
  await writeFile(join(folder.path, 'index', 'gone'), '');
  const later = new Environments(join(folder.path, 'environments'), python, { variables: NO_INDEX, logger });
  expect(await later.provide(wanted)).toEqual(first);
}, 60_000);

test('a version that does not exist is refused with those that do', async (context) => {
  if (pip === null) context.skip(WITHOUT_PIP);
  await using folder = await temporaryFolder();
  await wheel(join(folder.path, 'index'));
  const site = { PATH, PIP_NO_INDEX: '1', PIP_FIND_LINKS: join(folder.path, 'index') };
  const environments = new Environments(join(folder.path, 'environments'), python, {
    variables: site,
    logger,
  });
  const refused = await environments.provide({ kind: 'requirements', text: 'tiny-tool==9.9\n' });
  expect(refused).toMatchObject({ reason: expect.stringContaining('(there are versions 1.2)') });
}, 60_000);

test('where no index answers, the same versions among the own packages serve, and that is said', async (context) => {
  if (pip === null) context.skip(WITHOUT_PIP);
  await using folder = await temporaryFolder();
  const environments = new Environments(folder.path, python, { variables: NO_INDEX, logger });
  // Another package than the installer itself is not to be had everywhere; but the installer would find itself installed.
  const own = await environments.provide({ kind: 'requirements', text: `pip==${pip}\n` });
  if (own.kind !== 'ready') throw new Error(own.reason);
  expect(own.environment.notes[0]).toContain('base packages, versions checked');
  expect(answerOf(own.environment.python, 'import pip; print(pip.__version__)')).toBe(pip);
}, 60_000);

test('where no index answers and the own packages differ, the reason names what is missing and the remedy', async (context) => {
  if (pip === null) context.skip(WITHOUT_PIP);
  await using folder = await temporaryFolder();
  const environments = new Environments(folder.path, python, { variables: NO_INDEX, logger });
  const refused = await environments.provide({ kind: 'requirements', text: 'tiny-tool==9.9\n' });
  expect(refused).toMatchObject({ kind: 'refused' });
  if (refused.kind === 'refused')
    expect(refused.reason).toMatch(/lack tiny-tool==9\.9.*Give the runner access/);
}, 60_000);
