import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { underLock } from './up-lock.ts';

describe('the lock of a state folder', () => {
  it('lets one at a time', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'up.lock');
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        underLock(file, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise(setImmediate);
          inside -= 1;
          return n;
        }),
      ),
    );
    expect(most).toBe(1);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('is taken over from a holder that is gone', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'up.lock');
    await writeFile(file, JSON.stringify({ pid: 2 ** 30, born: 'x' }));
    expect(await underLock(file, () => Promise.resolve('mine'))).toBe('mine');
    await writeFile(file, 'torn');
    expect(await underLock(file, () => Promise.resolve('mine'))).toBe('mine');
  });

  it('is given back when the work fails', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'up.lock');
    await expect(underLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await readdir(folder.path)).toEqual([]);
  });
});
