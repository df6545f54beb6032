/** The candidates' template under its own Python tests, which start it as a runner would. */
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

describe.skipIf(python === undefined)('the template', { timeout: 480_000 }, () => {
  it('makes a matrix of any table', async () => {
    expect(await unittest('test_features')).toMatch(/OK/);
  });

  it('knows files, side tables and every kind of target', async () => {
    expect(await unittest('test_layouts')).toMatch(/OK/);
  });

  it('is chosen by what the profile of the data says, whatever the layout', async () => {
    expect(await unittest('test_profiling')).toMatch(/OK/);
  });

  it('checks a work tree against the contract', async () => {
    expect(await unittest('test_checking')).toMatch(/OK/);
  });

  it('reports what is no number as well', async () => {
    expect(await unittest('test_reporting')).toMatch(/OK/);
  });

  it('makes a mean of candidates a candidate', async () => {
    expect(await unittest('test_blending')).toMatch(/OK/);
  });

  it('joins a blend as its estimate did', async () => {
    expect(await unittest('test_blend_estimate')).toMatch(/OK/);
  });

  it('is wrapped for delivery', async () => {
    expect(await unittest('test_delivered')).toMatch(/OK/);
  });

  it('trains, stops, resumes and predicts', async () => {
    expect(await unittest('test_training')).toMatch(/OK/);
  });
});
