/**
 * Bad input, through the command line as a user types it: exit code 2, the place of the fault, what to do about it, and
 * nothing started: where there is no server there is no run.
 */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from './bad-input/cases.ts';
import { TaskCopy } from './bad-input/task-copy.ts';
import { Laptop } from './support/modelwright.ts';

let laptop: Laptop;
let copies = 0;

beforeAll(async () => {
  laptop = await Laptop.open();
});

afterAll(() => laptop[Symbol.asyncDispose]());

function newFolder() {
  copies += 1;
  return join(laptop.folder, `task-${copies}`);
}

function nothingWasStarted() {
  return !existsSync(join(laptop.home, 'processes.json'));
}

describe.concurrent('bad input', () => {
  it.for(CASES)('is refused: $what', async ({ example = 'diabetes', break: damage, says }) => {
    const copy = await TaskCopy.of(example, newFolder());
    await damage(copy);
    const { code, stdout, stderr } = await laptop.run('run', copy.folder);
    for (const part of says) expect(stderr).toMatch(part);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(nothingWasStarted()).toBe(true);
  });

  it.for([
    { what: 'a folder that is not there', folder: 'nowhere', says: 'nowhere: no such folder' },
    { what: 'a file in place of a folder', folder: 'file.txt', says: 'file.txt: not a folder' },
    {
      what: 'a folder without task.yaml or data',
      folder: 'empty',
      says: 'empty: neither task.yaml nor data',
    },
    {
      what: 'a bare folder that rules know no task for',
      folder: 'bare',
      says: 'bare: no task.yaml, and by rule',
    },
  ])('is refused: $what', async ({ folder, says }) => {
    await writeFile(join(laptop.folder, 'file.txt'), '');
    await mkdir(join(laptop.folder, 'empty'), { recursive: true });
    await mkdir(join(laptop.folder, 'bare'), { recursive: true });
    await writeFile(join(laptop.folder, 'bare', 'train.csv'), 'x,y\n1,2\n');
    const { code, stderr } = await laptop.run('run', folder);
    expect(stderr).toContain(`error: ${says}`);
    expect(code).toBe(2);
    expect(nothingWasStarted()).toBe(true);
  });

  it('is told whole: every fault of the data in one go', async () => {
    const copy = await TaskCopy.of('diabetes', newFolder());
    await copy.lines('train.csv', (line, n) => (n === 4 || n === 9 ? line.replace(/^[^,]*/, 'r0000') : line));
    const { stderr } = await laptop.run('check', copy.folder);
    expect(stderr).toMatch(/train\.csv:4/);
    expect(stderr).toMatch(/train\.csv:9/);
  });
});

describe('rows without a label', () => {
  it('are kept apart with a warning', async () => {
    const copy = await TaskCopy.of('diabetes', newFolder());
    await copy.lines('train.csv', (line, n) => (n === 6 ? line.replace(/,[^,]*$/, ',') : line));
    const { code, stderr } = await laptop.run('check', copy.folder);
    expect(stderr).toMatch(/^warning: .*train\.csv:6: 1 of 442 rows/);
    expect(stderr).toContain('kept apart');
    expect(code).toBe(0);
  });
});
