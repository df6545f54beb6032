import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './temporary-folder.ts';

test('a temporary folder is gone with what it holds when its scope ends', async () => {
  let path: string;
  {
    await using folder = await temporaryFolder();
    path = folder.path;
    await writeFile(join(path, 'file'), 'content');
    expect(existsSync(join(path, 'file'))).toBe(true);
  }
  expect(existsSync(path)).toBe(false);
});

test('two temporary folders are two', async () => {
  await using one = await temporaryFolder();
  await using other = await temporaryFolder();
  expect(one.path).not.toBe(other.path);
});
