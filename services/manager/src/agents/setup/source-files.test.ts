import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { descriptionIn, shortened, sourceFiles } from './source-files.ts';

async function folderWith(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder.path, path, '..'), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  return folder;
}

describe('the files of a folder', () => {
  it('are told with their sizes, the least deep first', async () => {
    await using folder = await folderWith({ 'a/b/c.png': '123', 'train.csv': '12', 'a/x.csv': '1' });
    expect(await sourceFiles(folder.path)).toEqual([
      { path: 'train.csv', bytes: 2 },
      { path: 'a/x.csv', bytes: 1 },
      { path: 'a/b/c.png', bytes: 3 },
    ]);
  });

  it('of a folder of thousands are a few names and a count with their size', () => {
    const pictures = Array.from({ length: 5000 }, (_, at) => ({ path: `images/${at}.png`, bytes: 10 }));
    expect(shortened([{ path: 'train.csv', bytes: 7 }, ...pictures])).toEqual([
      { path: 'train.csv', bytes: 7 },
      ...pictures.slice(0, 3),
      { path: 'images/… 4997 more files', bytes: 49_970 },
    ]);
  });

  it('of thousands of folders are told up to a limit', () => {
    const files = Array.from({ length: 2000 }, (_, at) => ({ path: `${at}/x.csv`, bytes: 1 }));
    const told = shortened(files);
    expect(told).toHaveLength(301);
    expect(told.at(-1)).toEqual({ path: expect.stringContaining('1700 more'), bytes: 1700 });
  });
});

describe('what a folder says of itself', () => {
  it('stands in its description, before its README', async () => {
    await using folder = await folderWith({ 'README.md': 'how to install', 'description.md': '\n# Weeds\n' });
    expect(await descriptionIn(folder.path, await sourceFiles(folder.path))).toBe('# Weeds');
  });

  it('is nothing where there is no such file, or an empty one', async () => {
    await using folder = await folderWith({ 'README.txt': ' \n', 'notes.md': 'not this' });
    expect(await descriptionIn(folder.path, await sourceFiles(folder.path))).toBeNull();
  });

  it('is cut where it is very long, and the file to go on with is named', async () => {
    await using folder = await folderWith({ 'description.md': 'x'.repeat(40_000) });
    const told = (await descriptionIn(folder.path, await sourceFiles(folder.path))) ?? '';
    expect(told.length).toBeLessThan(31_000);
    expect(told).toContain('description.md goes on: read_file');
  });
});
