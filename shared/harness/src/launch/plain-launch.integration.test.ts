import { describe, expect, test } from 'vitest';
import { testPython } from '../testing/test-python.ts';
import { type LaunchLimits, MOST_OUTPUT_BYTES, type Program } from './launch.ts';
import { plainLaunch } from './plain-launch.ts';

function python(code: string, limits: Partial<LaunchLimits> = {}): Program {
  return {
    argv: [testPython(), '-I', '-S', '-c', code],
    stdin: 'grüße\n',
    reads: [],
    writes: [],
    limits: { seconds: 30, memoryBytes: 1e9, ...limits },
  };
}

describe('a plain child process', () => {
  test('gets its input and returns both outputs and its exit status', async () => {
    const code = 'import sys; print(sys.stdin.read().strip()); print("why", file=sys.stderr); sys.exit(3)';
    expect(await plainLaunch(python(code))).toEqual({
      exitCode: 3,
      stopped: null,
      stdout: 'grüße\n',
      stderr: 'why\n',
    });
  });

  test('inherits nothing of the environment', async () => {
    const code = 'import os; print(sorted(os.environ))';
    const { stdout } = await plainLaunch(python(code));
    expect(stdout).not.toContain('PATH');
    expect(stdout).toContain('OMP_NUM_THREADS');
  });

  test('is killed at its time limit, however long it would sleep', async () => {
    const ended = await plainLaunch(python('import time; time.sleep(600)', { seconds: 0.3 }));
    expect(ended).toMatchObject({ exitCode: null, stopped: 'took longer than 0.3 s' });
  });

  test('is killed when it floods its output', async () => {
    const ended = await plainLaunch(python('import sys\nwhile True: sys.stdout.write("x" * 1_000_000)'));
    expect(ended.stopped).toBe(`wrote more than ${MOST_OUTPUT_BYTES} bytes`);
  });

  test('is killed on abort, and the call rejects with the reason', async () => {
    const controller = new AbortController();
    const running = plainLaunch(python('import time; time.sleep(600)'), controller.signal);
    controller.abort(new Error('no longer wanted'));
    await expect(running).rejects.toThrow('no longer wanted');
  });

  test('is not started when already aborted', async () => {
    const launched = plainLaunch(python('pass'), AbortSignal.abort(new Error('too late')));
    await expect(launched).rejects.toThrow('too late');
  });

  test('tells the signal that ended it', async () => {
    const ended = await plainLaunch(python('import os; os.kill(os.getpid(), 11)'));
    expect(ended).toMatchObject({ exitCode: null, stopped: 'was killed by SIGSEGV' });
  });

  test('may end without reading a large input', async () => {
    const program = { ...python('pass'), stdin: 'x'.repeat(5_000_000) };
    expect(await plainLaunch(program)).toMatchObject({ exitCode: 0 });
  });

  test('that cannot be started rejects', async () => {
    const program = { ...python('pass'), argv: ['/nowhere/python'] as const };
    await expect(plainLaunch(program)).rejects.toThrow('ENOENT');
  });
});
