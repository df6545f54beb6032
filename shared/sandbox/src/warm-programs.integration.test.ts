/** A program in a warm worker can tell no difference: it finds itself in the state of a fresh interpreter, and ends as in one. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { SandboxRequest } from './index.ts';
import type { JobBench } from './testing/job-bench.ts';
import { endOf, WARM_NOTE, warmBenches } from './testing/warm-bench.ts';
import type { Ran } from './testing/ways-to-run.ts';

const warm = await warmBenches();
let bench: JobBench;
beforeEach(async () => {
  bench = await warm.bench();
});

describe('a program in a warm worker', () => {
  const STATE = `
import gc, signal, sys, threading
print(__name__, __file__, __doc__, __spec__, __package__, __cached__, type(__loader__).__name__, sorted(vars()))
print(sys.argv, sys.orig_argv, sys.path, sys.flags, sys.executable, sys.prefix)
import os
print(os.getcwd(), sorted(os.environ.items()), sys.stdin.read(), threading.active_count(), sys.gettrace(), sys.excepthook)
print([signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGPIPE)], gc.isenabled())
print(sys.modules['__main__'].__dict__ is globals(), sys.stdout.line_buffering, sys.stdout.encoding)
`;

  test('finds itself in the state of a fresh interpreter', async () => {
    const { cold, warm: ahead } = await warm.bothWays(bench, STATE);
    expect(ahead.said).toBe(cold.said);
    expect(ahead.exit).toMatchObject({ outcome: 'finished', isolation: { notes: [WARM_NOTE] } });
  });

  test('that is a module finds itself in that state, too', async () => {
    const asModule = (request: SandboxRequest): SandboxRequest => ({
      ...request,
      argv: ['@{python}', '-m', 'package.tool', '--fast'],
    });
    await mkdir(join(bench.work, 'package'));
    await writeFile(join(bench.work, 'package/tool.py'), STATE.replace('__spec__, ', ''));
    const { cold, warm: ahead } = await warm.bothWays(bench, '', asModule);
    expect(ahead.said).toBe(cold.said);
    expect(ahead.exit.outcome).toBe('finished');
  });

  test.each([
    ['an error', 'def f():\n    raise ValueError("wrong")\nf()'],
    [
      'an error that was caused',
      'try:\n    {}["x"]\nexcept KeyError as e:\n    raise RuntimeError("worse") from e',
    ],
    ['a syntax error', 'def broken(:'],
    ['an exit code', 'import sys\nsys.exit(3)'],
    ['an exit with words', 'raise SystemExit("no data")'],
    [
      'an error in a thread and one after it',
      'import threading\nt = threading.Thread(target=lambda: 1/0)\nt.start()\nt.join()\nimport nothing_such',
    ],
    ['words at the very end', 'import atexit\natexit.register(print, "bye")\nraise KeyError("x")'],
  ])('ends as it would: %s', async (_, program) => {
    const { cold, warm: ahead } = await warm.bothWays(bench, program);
    expect({ ...said(ahead), code: ahead.exit.exitCode }).toEqual({
      ...said(cold),
      code: cold.exit.exitCode,
    });
  });

  test.each([
    ['a script that is not there', ['@{python}', 'nothing.py']],
    ['a module that is not there', ['@{python}', '-m', 'nothing_such']],
  ])('ends as it would: %s', async (_, argv) => {
    const { cold, warm: ahead } = await warm.bothWays(bench, '', (request) => ({ ...request, argv }));
    expect({ ...said(ahead), code: ahead.exit.exitCode }).toEqual({
      ...said(cold),
      code: cold.exit.exitCode,
    });
  });

  test('has the modules that were loaded ahead, and what they said then is not in its output', async () => {
    const request = await bench.request('import sys\nprint("this" in sys.modules)');
    const worker = await warm.ready(bench, request, ['this', 'not_installed']);
    expect(await worker.ready).toEqual(['not_installed']);
    await worker.take(bench.jobdir, request);
    await endOf(bench.jobdir);
    expect(await readFile(join(bench.jobdir, 'stdout.log'), 'utf8')).toBe('0\tTrue\n');
  });

  test('hands its state on to processes that it starts', async () => {
    const program =
      'import multiprocessing, os\ndef ask(n): return n * n, os.environ["MW_OUT"], os.getcwd()\n' +
      'if __name__ == "__main__":\n    with multiprocessing.get_context("spawn").Pool(2) as pool:\n        print(pool.map(ask, [2, 3]))\n';
    const { cold, warm: ahead } = await warm.bothWays(bench, program);
    expect(ahead.said).toBe(cold.said);
    expect(ahead.said).toContain("(9, '/mw/out', '/mw/work')");
  });
});

describe('a job starts cold, and nobody notices,', () => {
  async function notes(
    request: SandboxRequest,
    modules: readonly string[],
    change: Partial<SandboxRequest> = {},
  ) {
    const worker = await warm.ready(bench, request, modules);
    await worker.take(bench.jobdir, { ...request, ...change });
    const exit = await endOf(bench.jobdir);
    expect(exit.outcome).toBe('finished');
    expect(exit.isolation?.notes).toEqual([]);
    expect(await bench.leftovers()).toEqual([]);
    return await readFile(join(bench.jobdir, 'supervisor.log'), 'utf8');
  }

  test('when it has a module of its own with the name of one that was loaded ahead', async () => {
    await writeFile(join(bench.work, 'colorsys.py'), 'mine = True');
    const request = await bench.request('import colorsys\nassert colorsys.mine');
    expect(await notes(request, ['colorsys'])).toContain('its own colorsys would not be found');
  });

  test('when a library was loaded with another environment', async () => {
    const request = await bench.request('import os\nassert os.environ["OMP_NUM_THREADS"] == "7"');
    const env = { ...request.env, OMP_NUM_THREADS: '7' };
    expect(await notes(request, [], { env })).toContain('another OMP_NUM_THREADS');
  });

  test('when the libraries would take too much of its memory', async () => {
    const request = await bench.request('pass', { memoryBytes: 8 * 2 ** 20 });
    const worker = await warm.ready(bench, request);
    await worker.take(bench.jobdir, request);
    await endOf(bench.jobdir);
    expect(await readFile(join(bench.jobdir, 'supervisor.log'), 'utf8')).toContain(
      'too much of its memory limit',
    );
  });
});

const said = ({ said, complained }: Ran) => ({ said, complained });
