import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../core/problem.ts';
import { openTaskFolder } from './task-folder.ts';

const TASK = (train: string) => `version: 1
name: digits
description: d
data:
  layout: table
  train: ${train}
  target: digit
metric: accuracy
`;

async function folderWith(files: Record<string, string>) {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder.path, path, '..'), { recursive: true });
    await writeFile(join(folder.path, path), text);
  }
  return folder;
}

async function problemOf(cwd: string, folder: string) {
  const refused = await openTaskFolder(cwd, folder).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Refusal);
  return refused instanceof Refusal ? refused.problems[0] : undefined;
}

describe('a task folder', () => {
  it('is opened with the size of what it needs', async () => {
    await using folder = await folderWith({
      'task.yaml': TASK('data/train.csv'),
      'data/train.csv': 'id,digit\n',
    });
    const opened = await openTaskFolder('/', folder.path);
    expect(opened).toMatchObject({ bytes: 9, task: { name: 'digits' } });
  });

  it('is named relative to the working folder', async () => {
    await using folder = await folderWith({ 'my/task.yaml': TASK('t.csv'), 'my/t.csv': '' });
    expect((await openTaskFolder(folder.path, 'my')).path).toMatch(/\/my$/);
  });

  it('that does not exist, is a file, or holds neither task.yaml nor data is refused', async () => {
    await using folder = await folderWith({ 'a.md': '' });
    expect(await problemOf(folder.path, 'none')).toMatchObject({ file: 'none', message: 'no such folder' });
    expect(await problemOf(folder.path, 'a.md')).toMatchObject({ file: 'a.md', message: 'not a folder' });
    expect(await problemOf(folder.path, '.')).toMatchObject({
      message: 'neither task.yaml nor data in this folder',
    });
  });

  it('without a task.yaml is opened with all its data, and named after itself', async () => {
    await using folder = await folderWith({
      'titanic/train.csv': '1234',
      'titanic/about/description.md': '12',
      'titanic/.git/config': '123456789',
    });
    expect(await openTaskFolder(folder.path, 'titanic')).toMatchObject({
      name: 'titanic',
      task: null,
      bytes: 6,
    });
  });

  it('without a file that task.yaml names is refused at the key that names it', async () => {
    await using folder = await folderWith({ 'task.yaml': TASK('train.csv') });
    expect(await problemOf('/', folder.path)).toMatchObject({
      file: join(folder.path, 'task.yaml'),
      line: 6,
      column: 3,
    });
  });

  it('with a link in the place of a file is refused, wherever the link leads', async () => {
    await using outside = await folderWith({ 'train.csv': 'id\n' });
    await using folder = await folderWith({ 'task.yaml': TASK('train.csv') });
    await symlink(join(outside.path, 'train.csv'), join(folder.path, 'train.csv'));
    expect((await problemOf('/', folder.path))?.message).toContain('is a link');
  });

  it('with a linked folder on the way to a file is refused', async () => {
    await using outside = await folderWith({ 'train.csv': 'id\n' });
    await using folder = await folderWith({ 'task.yaml': TASK('data/train.csv') });
    await symlink(outside.path, join(folder.path, 'data'));
    expect((await problemOf('/', folder.path))?.message).toContain('data is a link');
  });

  it('whose task.yaml is a link is refused', async () => {
    await using outside = await folderWith({ 'task.yaml': TASK('train.csv') });
    await using folder = await folderWith({ 'train.csv': 'id\n' });
    await symlink(join(outside.path, 'task.yaml'), join(folder.path, 'task.yaml'));
    expect((await problemOf('/', folder.path))?.message).toContain('is a link');
  });

  it('that names a folder where a file should be is refused', async () => {
    await using folder = await folderWith({ 'task.yaml': TASK('data'), 'data/train.csv': '' });
    expect((await problemOf('/', folder.path))?.message).toBe('data is not a file');
  });
});
