import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PermanentFailure } from '@modelwright/bus';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { overlay } from './overlay.ts';

async function code() {
  const folder = await temporaryFolder();
  await mkdir(join(folder.path, 'lib'));
  await writeFile(join(folder.path, 'train.py'), 'old');
  return folder;
}

describe('files that a job puts over its code', () => {
  test('replace what is there and make the folders they need', async () => {
    await using work = await code();
    await overlay(work.path, { 'train.py': 'new', 'deep/down/a.py': 'a' });
    expect(await readFile(join(work.path, 'train.py'), 'utf8')).toBe('new');
    expect(await readFile(join(work.path, 'deep/down/a.py'), 'utf8')).toBe('a');
  });

  test.each(['lib', 'train.py/a.py', 'train.py/deep/a.py'])(
    'are refused at once where file and folder clash: %s',
    async (path) => {
      await using work = await code();
      const refused = await overlay(work.path, { [path]: 'x' }).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(PermanentFailure);
      expect(String(refused)).toContain(`"${path}" cannot be laid over the code`);
    },
  );

  test('are not refused for what is not their fault', async () => {
    const failed = await overlay('no\0place', { a: 'x' }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(Error);
    expect(failed).not.toBeInstanceOf(PermanentFailure);
  });
});
