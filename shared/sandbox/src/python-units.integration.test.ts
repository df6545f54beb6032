/** The Python package's own unit tests, on the interpreter that would supervise. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { testHost } from './testing/job-bench.ts';

test('the supervisor package passes its unit tests', async () => {
  const folder = fileURLToPath(new URL('../python', import.meta.url));
  const { stderr } = await promisify(execFile)(
    testHost().python,
    ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'],
    {
      cwd: folder,
    },
  );
  expect(stderr).toContain('OK');
});
