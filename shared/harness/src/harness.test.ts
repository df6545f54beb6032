import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Harness, type HarnessCommand, harnessFolder, runHarness } from './harness.ts';
import type { Ended, Program } from './launch/launch.ts';
import { HarnessCrash } from './outcome.ts';

const COMMAND: HarnessCommand<{ file: string }, { rows: number }> = {
  name: 'count',
  request: z.object({ file: z.string() }),
  answer: z.object({ rows: z.int() }),
  reads: ({ file }) => [file, undefined],
  writes: () => ['/out'],
};

/** A launcher that remembers what it was given and ends as told. */
class Launcher {
  readonly programs: Program[] = [];
  readonly #ended: Partial<Ended>;

  constructor(ended: Partial<Ended>) {
    this.#ended = ended;
  }

  harness(): Harness {
    return {
      python: '/bin/python',
      limits: { seconds: 5 },
      launch: (program) => {
        this.programs.push(program);
        return Promise.resolve({ exitCode: 0, stopped: null, stdout: '', stderr: '', ...this.#ended });
      },
    };
  }
}

function run(ended: Partial<Ended>) {
  return runHarness(new Launcher(ended).harness(), COMMAND, { file: '/data' });
}

describe('a call of the harness', () => {
  test('starts an isolated interpreter with the request on its input and the paths it needs', async () => {
    const launcher = new Launcher({ stdout: '{"rows": 3}' });
    await runHarness(launcher.harness(), COMMAND, { file: '/data' });
    expect(launcher.programs).toEqual([
      {
        argv: ['/bin/python', '-I', '-B', harnessFolder(), 'count'],
        stdin: '{"file":"/data"}',
        reads: [harnessFolder(), '/data'],
        writes: ['/out'],
        limits: { seconds: 5, memoryBytes: 8 * 1024 ** 3 },
      },
    ]);
  });

  test('returns the answer', async () => {
    expect(await run({ stdout: '{"rows": 3}' })).toEqual({ kind: 'done', answer: { rows: 3 } });
  });

  test('returns problems as an outcome', async () => {
    const problem = { code: 'x', message: 'm', remedy: 'r', file: 'f.csv', line: 2 };
    const stdout = JSON.stringify({ problems: [problem], warnings: [] });
    expect(await run({ exitCode: 2, stdout })).toEqual({
      kind: 'bad-input',
      problems: [problem],
      warnings: [],
    });
  });

  test.each([
    [
      'ends with another status',
      { exitCode: 1, stderr: 'Traceback\nKeyError: 3\n' },
      'ended with 1: KeyError: 3',
    ],
    ['is stopped', { exitCode: null, stopped: 'took longer than 5 s' }, 'took longer than 5 s'],
    ['answers no JSON', { stdout: 'hello' }, 'answered what is no answer'],
    ['answers another shape', { stdout: '{"rows": "many"}' }, 'answered what is no answer'],
    ['claims bad input without a problem', { exitCode: 2, stdout: '{"problems": []}' }, 'no answer'],
  ])('throws a crash when the process %s', async (_, ended, message) => {
    await expect(run(ended)).rejects.toThrow(message);
    await expect(run(ended)).rejects.toBeInstanceOf(HarnessCrash);
  });

  test('keeps the end of the error output with the crash', async () => {
    const stderr = `${'x'.repeat(10_000)}the cause`;
    const crash = await run({ exitCode: 1, stderr }).catch((error: unknown) => error);
    expect(crash).toMatchObject({ command: 'count', stderrTail: stderr.slice(-4000) });
  });

  test('refuses a request of a wrong shape before anything is started', async () => {
    const launcher = new Launcher({});
    const wrong = { file: 3 } as unknown as { file: string };
    await expect(runHarness(launcher.harness(), COMMAND, wrong)).rejects.toThrow();
    expect(launcher.programs).toEqual([]);
  });
});
