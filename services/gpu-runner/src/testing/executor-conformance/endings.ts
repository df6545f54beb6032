/** How programs end, and that each end is told as what it was. */
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { ExecutorBench } from './executor-bench.ts';

const IGNORES_SIGTERM =
  'import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("ready")\nwhile True: time.sleep(1)';
const SAVES = `
import os, signal, sys, time
def save(*_):
    open(os.environ["MW_OUT"] + "/saved", "w").close()
    sys.exit(75)
signal.signal(signal.SIGTERM, save)
print("ready")
while True: time.sleep(1)
`;

export function endings(bench: () => ExecutorBench): void {
  describe('the end of a program', () => {
    test.each([
      ['exit code 0', 'pass', { end: 'finished', exitCode: 0, signal: null }],
      ['another exit code', 'import sys; sys.exit(3)', { end: 'failed', exitCode: 3, signal: null }],
      ['a traceback', 'raise ValueError("why")', { end: 'failed', exitCode: 1 }],
      [
        'a signal of its own',
        'import os; os.kill(os.getpid(), 11)',
        { end: 'failed', exitCode: null, signal: 'SIGSEGV' },
      ],
      ['an exit code above 128', 'import sys; sys.exit(200)', { end: 'failed', exitCode: 200, signal: null }],
    ])('by %s', async (_, program, expected) => {
      expect((await bench().run(program)).ending).toMatchObject(expected);
    });

    test('carries the last words of a program that failed', async () => {
      const { ending } = await bench().run('raise ValueError("the reason")');
      expect(ending.reason).toContain('ValueError: the reason');
    });

    test('is told of a program that does not exist, by its name', async () => {
      const execution = await bench().prepare('', { job: { command: ['/no/such/program'] } });
      const begun = await bench().executor.start(execution);
      const ending = begun !== null && 'end' in begun ? begun : await bench().end(execution);
      expect(['refused', 'failed']).toContain(ending.end);
      expect(ending.reason).toContain('/no/such/program');
    });

    test('is measured', async () => {
      const { ending } = await bench().run(
        'x = bytearray(50 << 20)\nimport time\nt = time.process_time\nwhile t() < 0.6: pass',
      );
      expect(ending.cpuSeconds).toBeGreaterThan(0.2);
      expect(ending.maxRssBytes).toBeGreaterThan(50 << 20);
      expect(ending.wallSeconds).toBeGreaterThan(0.5);
      expect(ending.suspect).toBeNull();
    });
  });

  describe('a program that is to end', () => {
    test('is asked, and may save', async () => {
      const execution = await bench().prepare(SAVES);
      await bench().start(execution);
      await bench().hears(execution, 'ready');
      await bench().executor.stop(execution.places.record, 'enough of it', 20);
      expect(await bench().end(execution)).toMatchObject({ end: 'cancelled', exitCode: 75 });
      expect(await readdir(execution.places.out)).toEqual(['saved']);
    });

    test('ends by the signal when it has not said otherwise', async () => {
      const execution = await bench().prepare('import time\nprint("ready")\ntime.sleep(60)');
      await bench().start(execution);
      await bench().hears(execution, 'ready');
      await bench().executor.stop(execution.places.record, 'enough of it', 20);
      expect(await bench().end(execution)).toMatchObject({ end: 'cancelled', signal: 'SIGTERM' });
    });

    test('is killed after its grace', async () => {
      const execution = await bench().prepare(IGNORES_SIGTERM);
      await bench().start(execution);
      await bench().hears(execution, 'ready');
      await bench().executor.stop(execution.places.record, 'enough of it', null);
      const ending = await bench().end(execution);
      expect(ending).toMatchObject({ end: 'cancelled', signal: 'SIGKILL' });
      expect(ending.reason).toContain('enough of it');
    });
  });
}
