/**
 * Bare folders of different layouts, played by the playbook: the task is proposed by rule, the data is prepared and sealed by
 * the harness. What was inferred of each is `docs/layouts-inferred.md`, written by this test (`vitest -u`).
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { AgentBench, TestFarm } from '@modelwright/agent-host/testing';
import type { PreparedData, Task } from '@modelwright/contracts';
import { createPlaybook } from '@modelwright/playbook';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignSetup, pythonForTests, serveSetup } from '../../testing/setup-bench.ts';

const MAKER = fileURLToPath(new URL('../../testing/bare-folders.py', import.meta.url));
const INFERRED = fileURLToPath(new URL('../../../../../docs/layouts-inferred.md', import.meta.url));
const TRAIN = 90;
const TEST = 30;

type Data = Task['data'];

interface Expected {
  readonly data: Partial<Data>;
  readonly kind: string;
  readonly metric: string;
  readonly test?: number;
}

const EXPECTED: Readonly<Record<string, Expected>> = {
  'plain-table': {
    data: { layout: 'table', target: 'kind', id: 'id' },
    kind: 'classification',
    metric: 'f1_macro',
  },
  'several-numbers': {
    data: { train: 'train.tsv', target: ['height', 'yield'] },
    kind: 'multioutput',
    metric: 'rmse',
  },
  'several-labels': {
    data: { target: ['rude', 'threat', 'praise'] },
    kind: 'multilabel',
    metric: 'roc_auc',
  },
  'json-lines': { data: { train: 'train.jsonl', target: 'price' }, kind: 'regression', metric: 'rmse' },
  parquet: { data: { train: 'train.parquet', target: 'kind' }, kind: 'classification', metric: 'accuracy' },
  'archived-tables': {
    data: {
      train: 'train.csv',
      target: 'kind',
      archives: ['sample_submission.csv.zip', 'test.csv.zip', 'train.csv.zip'],
    },
    kind: 'classification',
    metric: 'accuracy',
  },
  'class-folders': {
    data: { layout: 'folder', train: 'train', media: 'image', label: { from: 'folder' } },
    kind: 'classification',
    metric: 'accuracy',
  },
  'named-pictures': {
    data: { layout: 'folder', train: 'train', test: 'test', media: 'image' },
    kind: 'classification',
    metric: 'accuracy',
  },
  'table-of-pictures': {
    data: {
      layout: 'table',
      test: 'sample_submission.csv',
      files: {
        image: { path: 'train_images/{image_id}.png', test: 'test_images/{image_id}.png', media: 'image' },
      },
    },
    kind: 'classification',
    metric: 'accuracy',
  },
  masks: {
    data: { layout: 'folder', train: 'train/images', target: 'mask' },
    kind: 'mask',
    metric: 'dice',
  },
  recordings: {
    data: { layout: 'folder', archives: ['audio.tar.gz'], media: 'audio' },
    kind: 'classification',
    metric: 'accuracy',
  },
  'text-files': {
    data: { layout: 'folder', media: 'text', label: { from: 'folder' } },
    kind: 'classification',
    metric: 'accuracy',
    test: 0,
  },
  'long-table': {
    data: { layout: 'long', unit: 'series_id', order: 'step', target: 'state' },
    kind: 'classification',
    metric: 'accuracy',
  },
  'answers-apart': {
    data: {
      train: 'y_train.csv',
      test: 'sample_submission.csv',
      tables: { rows: { train: 'X_train.csv', test: 'X_test.csv', key: 'sample_id' } },
    },
    kind: 'regression',
    metric: 'rmse',
  },
  'several-tables': {
    data: { id: 'customer_id', tables: { purchases: { train: 'purchases.csv', key: 'customer_id' } } },
    kind: 'classification',
    metric: 'accuracy',
  },
  pixels: {
    data: { layout: 'pixels', image: { height: 8, width: 8, channels: 1 } },
    kind: 'classification',
    metric: 'accuracy',
  },
};

let farm: TestFarm;
let bench: AgentBench;
let folders: string;
const inferred = new Map<string, string>();

beforeAll(async () => {
  farm = await TestFarm.start();
  folders = join(farm.folder.path, 'bare');
  await promisify(execFile)(pythonForTests(), [MAKER, folders]);
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach((context) => {
  bench = new AgentBench(
    farm,
    `layout-${String(context.task.id)
      .replaceAll(/[^0-9]/g, '')
      .slice(-6)
      .padStart(6, '0')}-04`,
  );
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a bare folder becomes a task and sealed data', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    const run = bench.run;
    serveSetup(farm, bench, createPlaybook({ clumsy: false }));
    const { outcome } = await assignSetup(farm, bench, { run, folder: join(folders, name) });
    if (outcome.status === 'failed') throw new Error(outcome.failure.message);
    if (outcome.result.role !== 'setup' || outcome.result.task === null) throw new Error('no task');
    const { task, data } = outcome.result;
    expect(task).toMatchObject({ data: expected.data, metric: expected.metric });
    expect(data.task.kind).toBe(expected.kind);
    const { train, score, holdout, test } = data.rows;
    expect([Math.max(train, score) + holdout >= TRAIN, test]).toEqual([true, expected.test ?? TEST]);
    inferred.set(name, row(name, task, data));
  });

  it('what was inferred is documented', async () => {
    const rows = Object.keys(EXPECTED).map((name) => inferred.get(name));
    const head = [
      '| folder | task.yaml says of the data | kind | metric | features |',
      '| --- | --- | --- | --- | --- |',
    ];
    const text = `# What setup infers from bare folders\n\nWritten by a test: every folder is generated, its task is proposed by the playbook without a word from anybody, checked,\nprepared and sealed by the harness.\n\n${[...head, ...rows].join('\n')}\n`;
    await expect(text).toMatchFileSnapshot(INFERRED);
  });
});

function row(name: string, { data, metric }: Task, prepared: PreparedData): string {
  const counts = Map.groupBy(prepared.task.features, ({ kind }) => kind);
  const features = [...counts].map(([kind, all]) => `${all.length} ${kind}`);
  const tables = (prepared.task.tables ?? []).map((table) => `table ${table.name}`);
  const cells = [
    name,
    `\`${JSON.stringify(data)}\``,
    prepared.task.kind,
    metric,
    [...features, ...tables].join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}
