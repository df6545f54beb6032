/** Programs outlive whoever started them, and are found again. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Execution } from '../../handlers/executor.ts';
import type { ExecutorBench, ExecutorUnderTest } from './executor-bench.ts';
import { openWith } from './open-with.ts';

/** Goes on with the second half when it is let. */
const COUNTS = `
import os, time
for n in range(40):
    while n == 20 and not os.path.exists(os.environ["MW_OUT"] + "/go"):
        time.sleep(0.02)
    print(n)
`;
const letGo = ({ places }: Execution) => writeFile(join(places.out, 'go'), '');
const FORTY = Array.from({ length: 40 }, (_, number) => ({ number, text: String(number) }));

export function outliving(bench: () => ExecutorBench, under: ExecutorUnderTest): void {
  describe('a program outlives', () => {
    test('the process that started it', async () => {
      const execution = await bench().prepare(COUNTS);
      await startAndDie(under, bench().home, execution);
      const later = await openWith(under.variables, bench().home);
      expect(await later.state(execution.places.record)).toBe('running');
      await letGo(execution);
      const ending = await later.ending(execution.places.record, AbortSignal.timeout(30_000));
      expect(ending?.end).toBe('finished');
      expect(await bench().lines(execution)).toEqual(FORTY);
      expect(await later.state(execution.places.record)).toBe('ended');
    });

    // Processes end with their supervisors: what is told of that is below.
    if (under.outlivesSupervisor) supervisorKilled(bench);
  });

  describe('an execution', () => {
    test('is untouched before it is started, and started once however often it is asked', async () => {
      const execution = await bench().prepare('print("once")');
      expect(await bench().executor.state(execution.places.record)).toBe('untouched');
      await bench().start(execution);
      await bench().executor.start(execution);
      await bench().end(execution);
      expect(await bench().said(execution)).toEqual(['once']);
    });

    test('whose supervisor is killed does not end unnoticed', async () => {
      const execution = await bench().prepare('import time\nprint("ready")\ntime.sleep(2)');
      await bench().start(execution);
      await bench().hears(execution, 'ready');
      process.kill(await bench().supervisorOf(execution), 'SIGKILL');
      const ending = await bench().end(execution);
      expect(ending.end).toBe(under.outlivesSupervisor ? 'finished' : 'lost');
    });

    test('whose folder is removed ends', async () => {
      const execution = await bench().prepare('import time\nprint("ready")\ntime.sleep(60)');
      await bench().start(execution);
      await bench().hears(execution, 'ready');
      const pid = await bench().supervisorOf(execution);
      await rm(execution.places.record, { recursive: true, force: true });
      await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
    });

    test('ends waiting when the one who waits leaves', async () => {
      const execution = await bench().prepare('import time\nprint("ready")\ntime.sleep(60)');
      await bench().start(execution);
      const leaving = new AbortController();
      const waiting = bench().executor.ending(execution.places.record, leaving.signal);
      leaving.abort();
      expect(await waiting).toBeNull();
      await bench().executor.stop(execution.places.record, 'seen', 0);
      await bench().end(execution);
    });
  });
}

function supervisorKilled(bench: () => ExecutorBench): void {
  test('its supervisor: another goes on with the next number', async () => {
    const execution = await bench().prepare(COUNTS);
    await bench().start(execution);
    await bench().hears(execution, '19');
    process.kill(await bench().supervisorOf(execution), 'SIGKILL');
    await letGo(execution);
    expect((await bench().end(execution)).end).toBe('finished');
    expect(await bench().lines(execution)).toEqual(FORTY);
  });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process
  }
}

/** In a process of its own, which is killed at once, as a runner that crashes. */
async function startAndDie(under: ExecutorUnderTest, home: string, execution: Execution): Promise<void> {
  const wish = join(home, 'wish.json');
  await writeFile(wish, JSON.stringify({ variables: under.variables, home, execution }));
  const child = fork(fileURLToPath(new URL('./start-and-die.ts', import.meta.url)), [wish], {
    execArgv: [],
  });
  const [, signal] = await once(child, 'exit');
  expect(signal).toBe('SIGKILL');
}
