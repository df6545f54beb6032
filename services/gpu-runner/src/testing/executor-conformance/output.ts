/** What programs say: every line with its number, the first and the last of too many. */
import { describe, expect, test } from 'vitest';
import type { ExecutorBench } from './executor-bench.ts';

export function output(bench: () => ExecutorBench): void {
  describe('what a program says', () => {
    test('is kept by stream, numbered from 0', async () => {
      const { execution } = await bench().run(
        'import sys\nfor i in range(3): print("line", i)\nprint("other", file=sys.stderr)',
      );
      expect(await bench().lines(execution)).toEqual([
        { number: 0, text: 'line 0' },
        { number: 1, text: 'line 1' },
        { number: 2, text: 'line 2' },
      ]);
      expect(await bench().lines(execution, 'stderr')).toEqual([{ number: 0, text: 'other' }]);
    });

    test('is kept when the last line has no end', async () => {
      const { execution } = await bench().run('import sys\nsys.stdout.write("unended")');
      expect(await bench().said(execution)).toEqual(['unended']);
    });

    test('is cut in the middle, and the numbers show it', async () => {
      const { execution } = await bench().run('for i in range(300_000): print("line", i)', {
        job: { limits: { logBytes: 256 * 1024 } },
      });
      const lines = await bench().lines(execution);
      expect(lines[0]).toEqual({ number: 0, text: 'line 0' });
      expect(lines.at(-1)).toEqual({ number: 299_999, text: 'line 299999' });
      expect(lines.length).toBeLessThan(30_000);
      expect(lines.every(({ number, text }) => text === `line ${number}`)).toBe(true);
    });

    test('comes while it runs', async () => {
      const execution = await bench().prepare('import time\nprint("early")\ntime.sleep(60)');
      await bench().start(execution);
      await bench().hears(execution, 'early');
      expect(await bench().executor.state(execution.places.record)).toBe('running');
      await bench().executor.stop(execution.places.record, 'seen', 0);
      await bench().end(execution);
    });
  });
}
