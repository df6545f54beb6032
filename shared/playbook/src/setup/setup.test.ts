import type { SetupBrief } from '@modelwright/llm';
import { describe, expect, it } from 'vitest';
import { createPlaybook } from '../playbook.ts';
import { converse, type Result } from '../testing/converse.ts';
import { against, classes, measurement, rowNames, table } from '../testing/profiles.ts';
import { folder, survey } from '../testing/surveys.ts';

const brief: SetupBrief = {
  role: 'setup',
  action: 'propose',
  seed: 1,
  candidate: 'run',
  name: 'weeds',
  files: ['train.csv', 'test.csv', 'sample_submission.csv'].map((path) => ({ path, bytes: 100 })),
  description: 'Submissions are evaluated on log loss.',
  hardware: { cpus: 1 },
};

const test = table('test.csv', [rowNames('id'), measurement('x')]);
const train = against(
  table('train.csv', [rowNames('id'), measurement('x'), classes('weed', '0', '1')]),
  test,
);
const sample = table('sample_submission.csv', [rowNames('id'), measurement('weed')]);
const PROFILES: Readonly<Record<string, object>> = {
  'train.csv': train,
  'test.csv': test,
  'sample_submission.csv': sample,
};

const fit = { fit: true, warnings: [] };
const unfit = (code: string, file: string) => ({
  fit: false,
  problems: [{ code, message: `${code} in ${file}`, remedy: 'mend it', file }],
  warnings: [],
});

const pictures = survey({
  folders: [folder('train/cat', { '#.jpg': 30 }), folder('train/dog', { '#.jpg': 30 })],
  siblings: [
    {
      path: 'train',
      folders: [
        { name: 'cat', files: 30 },
        { name: 'dog', files: 30 },
      ],
      count: 2,
    },
  ],
});

/** Tools that answer from `PROFILES`, and each check with the next of `checks`. */
async function setUp(
  checks: readonly object[],
  changes: Partial<SetupBrief> = {},
  profiles = PROFILES,
  folders = pictures,
) {
  const left = [...checks];
  const toolbox = (name: string, args: Readonly<Record<string, unknown>>): Result => {
    if (name === 'submit_task') return { content: 'done', final: true };
    if (name === 'check_task') return { content: JSON.stringify(left.shift()) };
    if (name === 'folder_profile') return { content: JSON.stringify(folders) };
    const told = profiles[String(args['path'])];
    return told === undefined
      ? { content: 'it is not text', failed: true }
      : { content: JSON.stringify(told) };
  };
  const { steps, gaveUp } = await converse(
    createPlaybook({ clumsy: false }),
    { ...brief, ...changes },
    toolbox,
  );
  return {
    calls: steps.map(({ name, args }) => [name, args['path']].join(' ').trim()),
    last: steps.at(-1),
    gaveUp,
  };
}

describe('setup', () => {
  it('surveys a folder of files, and states the task that they make', async () => {
    const files = [{ path: 'train/cat/1.jpg', bytes: 9 }];
    const { calls, last } = await setUp([fit], { files, description: null });
    expect(calls).toEqual(['folder_profile', 'check_task', 'submit_task']);
    expect(last?.args).toMatchObject({
      task: { data: { layout: 'folder', train: 'train' }, metric: 'accuracy' },
    });
  });

  it('looks at the tables, has the task checked, and hands it over', async () => {
    const { calls, last } = await setUp([fit]);
    expect(calls).toEqual([
      'data_profile train.csv',
      'data_profile test.csv',
      'data_profile sample_submission.csv',
      'check_task',
      'submit_task',
    ]);
    expect(last?.args).toMatchObject({
      task: {
        name: 'weeds',
        data: { id: 'id', target: 'weed', sample_submission: 'sample_submission.csv' },
        metric: 'log_loss',
      },
      doubts: [],
    });
  });

  it('leaves an id out that the check finds twice, and the sample with it, and says so', async () => {
    const { last } = await setUp([unfit('duplicate-id', 'train.csv'), fit]);
    expect(last?.name).toBe('submit_task');
    expect(last?.args).toMatchObject({ doubts: [expect.stringContaining('duplicate-id')] });
    expect(last?.args['task']).toMatchObject({
      data: { layout: 'table', train: 'train.csv', test: 'test.csv', target: 'weed' },
    });
    expect(last?.args['task']).not.toHaveProperty('data.id');
    expect(last?.args['task']).not.toHaveProperty('data.sample_submission');
  });

  it('takes another metric when the answers do not suit it, once', async () => {
    const first = await setUp([unfit('metric-does-not-fit', 'task.yaml'), fit]);
    expect(first.last?.args).toMatchObject({ task: { metric: 'rmse' } });
  });

  it.each([
    ['a sample of other rows', 'sample-ids', 'sample_submission.csv', 'data.sample_submission'],
    ['a test table of other columns', 'missing-column', 'test.csv', 'data.test'],
  ])('leaves %s aside', async (_, code, file, key) => {
    const { last } = await setUp([unfit(code, file), fit]);
    expect(last?.args['task']).not.toHaveProperty(key);
  });

  it('gives up with the words of the check where rules know no way', async () => {
    const { gaveUp, calls } = await setUp([unfit('too-few-rows', 'train.csv')]);
    expect(gaveUp).toContain('too-few-rows in train.csv');
    expect(calls).not.toContain('submit_task');
  });

  it('does without a test table that cannot be read, and says so', async () => {
    const alone = { 'train.csv': { ...train, against: null }, 'sample_submission.csv': sample };
    const { last } = await setUp([fit], {}, alone);
    expect(last?.args).toMatchObject({
      task: { data: { layout: 'table', train: 'train.csv' } },
      doubts: expect.arrayContaining([expect.stringContaining('test.csv is left aside')]),
    });
    expect(last?.args['task']).not.toHaveProperty('data.test');
  });

  it('gives up on a folder without a table, or with one that cannot be read', async () => {
    const bare = await setUp([], { files: [{ path: 'a.png', bytes: 1 }] }, PROFILES, survey({}));
    expect(bare.gaveUp).toContain('no table');
    const unread = await setUp([], {}, {});
    expect(unread.gaveUp).toContain('train.csv cannot be read: it is not text');
  });
});
