/** The recipes under their own Python tests: every recipe on every kind of task, and how good they are. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findPython } from '../../../bootstrap/toolchain.mjs';

const TESTS = fileURLToPath(new URL('../python_tests', import.meta.url));
const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python;

/** Runs one module of unittest; its report. @throws when a test fails, with the report in the error. */
async function unittest(module: string): Promise<string> {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const arguments_ = ['-m', 'unittest', module];
  const ended = await promisify(execFile)(python ?? '', arguments_, { cwd: TESTS, env });
  return ended.stderr;
}

describe.skipIf(python === undefined)('the recipes', { timeout: 480_000 }, () => {
  it('train on every kind of task they say they suit', async () => {
    expect(await unittest('test_recipes')).toMatch(/OK/);
  });

  it('read files and side tables, and answer in every kind', async () => {
    expect(await unittest('test_kinds')).toMatch(/OK/);
  });

  it('are as good on the examples as they have to be', async () => {
    expect(await unittest('test_bars')).toMatch(/OK/);
  });
});
