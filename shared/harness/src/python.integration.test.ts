/** The Python package's own unit tests, one test here for each module of tests there. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { harnessFolder } from './harness.ts';
import { testPython } from './testing/test-python.ts';

const modules = readdirSync(join(harnessFolder(), 'tests'))
  .filter((name) => /^test_\w+\.py$/.test(name))
  .map((name) => `tests.${name.slice(0, -'.py'.length)}`);

describe('the Python package', () => {
  test.each(modules)('%s passes', { timeout: 300_000 }, async (module) => {
    const ended = promisify(execFile)(testPython(), ['-B', '-m', 'unittest', module], {
      cwd: harnessFolder(),
    });
    const { stderr } = await ended.catch((error: { stderr: string }) => error);
    expect(stderr).toMatch(/\nOK( \(skipped=\d+\))?\n$/);
  });
});
