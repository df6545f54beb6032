/** What setup would state of a bare folder by rule, with the real harness on real files. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainLaunch } from '@modelwright/harness';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { findPython } from '../../../bootstrap/toolchain.mjs';
import { Refusal } from '../core/problem.ts';
import { proposeFor } from './propose-task.ts';
import { openTaskFolder } from './task-folder.ts';

const rows = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');
const TRAIN = `id,x,weed\n${rows(60, (row) => `r${row},${row % 7},${'ab'[row % 2]}`)}\n`;
const TEST = `id,x\n${rows(10, (row) => `t${row},${row % 7}`)}\n`;

async function proposedFor(files: Readonly<Record<string, string>>) {
  const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python;
  if (python === undefined) throw new Error('There is no Python environment. Make one: npm run setup');
  await using folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder.path, path), text);
  const opened = await openTaskFolder('/', folder.path);
  return await proposeFor({ python, launch: plainLaunch }, opened, 'weeds');
}

describe('the task that rules propose', () => {
  it('is one that a run would take', async () => {
    const sample = `id,weed\n${rows(10, (row) => `t${row},a`)}\n`;
    const proposed = await proposedFor({
      'train.csv': TRAIN,
      'test.csv': TEST,
      'sample_submission.csv': sample,
      'description.md': 'Submissions are evaluated on log loss.',
    });
    expect(proposed).toMatchObject({
      task: {
        version: 1,
        description: 'Submissions are evaluated on log loss.',
        data: { target: 'weed', id: 'id', test: 'test.csv', sample_submission: 'sample_submission.csv' },
        metric: 'log_loss',
      },
      doubts: [],
      findings: { kind: 'classification', classes: ['a', 'b'] },
    });
  });

  it('is changed until a run would take it, and says what was changed', async () => {
    const proposed = await proposedFor({
      'train.csv': TRAIN,
      'test.csv': TEST,
      'sample_submission.csv': 'id,weed\nother,a\n',
      'description.md': 'The metric is accuracy.',
    });
    expect(proposed.task.data.sample_submission).toBeUndefined();
    expect(proposed.doubts).toEqual([expect.stringContaining('sample submission is left aside')]);
  });

  it('is none, with the reason, where the data is too little for one', async () => {
    const refused = await proposedFor({ 'train.csv': 'x,y\n1,2\n3,4\n' }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({
      exitCode: 2,
      message: expect.stringMatching(/^no task\.yaml, and by rule no task can be stated: .*2 labelled rows/),
    });
  });
});
