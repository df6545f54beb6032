import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { withLock } from './lock.mjs';

const module = join(import.meta.dirname, 'lock.mjs');

/** A process that takes the lock, counts up in a file (slowly enough to be caught), and ends. */
function counter(lock: string, file: string) {
  const source = `
    import { readFileSync, writeFileSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    import { withLock } from ${JSON.stringify(module)};
    await withLock(${JSON.stringify(lock)}, async () => {
      const count = Number(readFileSync(${JSON.stringify(file)}, 'utf8'));
      await delay(20);
      writeFileSync(${JSON.stringify(file)}, String(count + 1));
    });`;
  return spawn(process.execPath, ['--input-type=module', '-e', source], { stdio: 'inherit' });
}

describe('the lock of a set-up', () => {
  test('lets one process in at a time', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'count');
    writeFileSync(file, '0');
    const processes = Array.from({ length: 6 }, () => counter(join(folder.path, 'lock'), file));
    const codes = await Promise.all(processes.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0, 0, 0, 0]);
    expect(readFileSync(file, 'utf8')).toBe('6');
    expect(readdirSync(folder.path)).toEqual(['count']);
  });

  test('is taken over from a process that was killed', async () => {
    await using folder = await temporaryFolder();
    const lock = join(folder.path, 'lock');
    const hold = `import { withLock } from ${JSON.stringify(module)};
      await withLock(${JSON.stringify(lock)}, () => new Promise(() => { console.log('held'); setInterval(() => {}, 1000); }));`;
    const holder = spawn(process.execPath, ['--input-type=module', '-e', hold], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(existsSync(lock)).toBe(true);
    expect(await withLock(lock, () => Promise.resolve('done'))).toBe('done');
    expect(existsSync(lock)).toBe(false);
  });

  test('is given back when the work throws', async () => {
    await using folder = await temporaryFolder();
    const lock = join(folder.path, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });

  test('tells who waits for whom', async () => {
    await using folder = await temporaryFolder();
    const lock = join(folder.path, 'lock');
    const told: string[] = [];
    const entered = Promise.withResolvers<void>();
    const leave = Promise.withResolvers<void>();
    const first = withLock(lock, () => {
      entered.resolve();
      return leave.promise;
    });
    await entered.promise;
    const waiting = (owner: string) => {
      told.push(owner);
      leave.resolve();
    };
    const second = withLock(lock, () => Promise.resolve(), waiting);
    await Promise.all([first, second]);
    expect(told).toEqual([expect.stringContaining(`${process.pid} `)]);
  });
});
