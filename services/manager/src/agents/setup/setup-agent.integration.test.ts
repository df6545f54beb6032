/** The setup agent on a real server with the real harness: bare folders that become prepared data, or do not. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentBench, TestFarm } from '@modelwright/agent-host/testing';
import type { Assignment, AssignmentFinished } from '@modelwright/contracts';
import type { Model } from '@modelwright/llm';
import { ScriptedModel, type ScriptLine } from '@modelwright/llm/testing';
import { createPlaybook } from '@modelwright/playbook';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assignSetup, serveSetup } from '../../testing/setup-bench.ts';

const RUN = 'weeds-abc123-04';
const rows = (count: number, line: (row: number) => string) =>
  Array.from({ length: count }, (_, row) => line(row)).join('\n');
const TRAIN = `id,x,weed\n${rows(100, (row) => `r${row},${(row % 2) * 5 + (row % 7) / 10},${'ab'[row % 2]}`)}\n`;
const TEST = `id,x\n${rows(10, (row) => `t${row},${row % 2}`)}\n`;
const SAMPLE = `id,weed\n${rows(10, (row) => `t${row},a`)}\n`;
const FOLDER = {
  'train.csv': TRAIN,
  'test.csv': TEST,
  'sample_submission.csv': SAMPLE,
  'description.md': '# Weeds\nSubmissions are evaluated on accuracy.',
};
const TASK = {
  name: 'weeds',
  description: 'Tell weeds.',
  data: { layout: 'table', train: 'train.csv', test: 'test.csv', id: 'id', target: 'weed' },
  metric: 'balanced_accuracy',
};
const call = (name: string, args: object = {}) => ({ calls: [{ name, args }] });

let farm: TestFarm;
let bench: AgentBench;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach(() => {
  bench = new AgentBench(farm, RUN);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('the setup agent', () => {
  it('played by the playbook turns a bare folder into prepared data and the task that was proposed', async () => {
    serve(createPlaybook({ clumsy: false }));
    const { outcome } = await setUp(FOLDER);
    expect(outcome).toMatchObject({
      status: 'done',
      result: {
        role: 'setup',
        task: {
          version: 1,
          name: 'weeds',
          data: { id: 'id', target: 'weed', sample_submission: 'sample_submission.csv' },
          metric: 'accuracy',
        },
        data: { rows: { train: 100, score: 100, holdout: 0, test: 10 }, warnings: [] },
      },
    });
  });

  it('is told the files and the words of the folder, and reads, profiles and checks them', async () => {
    const model = serveScript([
      call('list_files'),
      call('read_file', { path: 'train.csv', lines: 2 }),
      call('data_profile', { path: 'train.csv', against: 'test.csv' }),
      call('check_task', { task: { ...TASK, metric: 'rmse' } }),
      call('check_task', { task: TASK }),
      call('submit_task', { task: TASK, reason: 'as it says', doubts: ['the metric is a guess'] }),
    ]);
    const { outcome } = await setUp(FOLDER);
    expect(outcome).toMatchObject({
      status: 'done',
      result: { task: TASK, data: { warnings: ['Setup: the metric is a guess'] } },
    });
    expect(model.requests[0]?.messages[0]).toMatchObject({
      text: expect.stringContaining('evaluated on accuracy'),
    });
    const [listed, read, profiled, unfit, fit] = toldTo(model);
    expect(listed).toContain('  train.csv');
    expect(read).toBe('1\tid,x,weed\n2\tr0,0,a');
    expect(JSON.parse(profiled ?? '')).toMatchObject({ rows: 100, against: { onlyHere: ['weed'] } });
    expect(JSON.parse(unfit ?? '')).toMatchObject({
      fit: false,
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'not-a-number', file: 'train.csv' }),
      ]),
    });
    expect(JSON.parse(fit ?? '')).toMatchObject({ fit: true, kind: 'classification', classes: ['a', 'b'] });
  });

  it('is told what does not suit the task, and goes on', async () => {
    const model = serveScript([
      call('submit_task', { task: { ...TASK, budget: { usd: 1000 } }, reason: 'r', doubts: [] }),
      call('submit_task', {
        task: { ...TASK, data: { ...TASK.data, target: 'wed' } },
        reason: 'r',
        doubts: [],
      }),
      call('submit_task', { task: TASK, reason: 'r', doubts: [] }),
    ]);
    const { outcome } = await setUp(FOLDER);
    expect(outcome.status).toBe('done');
    expect(toldTo(model)).toEqual([
      expect.stringContaining('budget'),
      expect.stringMatching(/no column `wed`.*weed/s),
    ]);
  });

  it('reads no file that is not of the folder, none that is no text, and none beyond its end', async () => {
    const model = serveScript([
      call('read_file', { path: '../secret' }),
      call('read_file', { path: 'other.csv' }),
      call('read_file', { path: 'picture.png' }),
      call('data_profile', { path: 'picture.png' }),
      call('read_file', { path: 'train.csv', from: 500 }),
      call('submit_task', { task: TASK, reason: 'r', doubts: [] }),
    ]);
    await setUp({ ...FOLDER, 'picture.png': '\u0089PNG\r\n\0\0' });
    expect(toldTo(model)).toEqual([
      expect.stringContaining('stays inside its folder'),
      'read_file: there is no file other.csv',
      'read_file: picture.png is not text',
      'data_profile: picture.png is no table',
      '(the file has fewer than 500 lines)',
    ]);
  });

  it('hands over the last task that fitted when its limits end the work', async () => {
    serveScript([
      call('check_task', { task: TASK }),
      call('check_task', { task: { ...TASK, metric: 'rmse' } }),
      call('list_files'),
    ]);
    const { outcome } = await setUp(FOLDER, { turns: 3 });
    expect(outcome).toMatchObject({
      status: 'done',
      result: { task: TASK, data: { warnings: [expect.stringContaining('limits ended the work')] } },
    });
  });

  it('fails when its limits end the work before any task fitted', async () => {
    serveScript([call('check_task', { task: { ...TASK, metric: 'rmse' } }), call('list_files')]);
    const { outcome } = await setUp(FOLDER, { turns: 2 });
    expect(outcome.status).toBe('failed');
  });

  it('played by the playbook fails with a reason on a folder that rules cannot make a task of', async () => {
    serve(createPlaybook({ clumsy: false }));
    const { outcome } = await setUp({ 'train.csv.zip': 'PK' });
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: { message: expect.stringContaining('unpack train.csv.zip') },
    });
  });
});

function serve(model: Model): void {
  serveSetup(farm, bench, model);
}

function serveScript(script: readonly ScriptLine[]): ScriptedModel {
  const model = new ScriptedModel(script);
  serve(model);
  return model;
}

/** What the last request of a conversation shows of the tools' answers. */
function toldTo(model: ScriptedModel): string[] {
  const last = model.requests.at(-1)?.messages ?? [];
  return last.flatMap((message) => (message.role === 'tool' ? [message.content] : []));
}

async function setUp(
  files: Readonly<Record<string, string>>,
  limits: Partial<Assignment['grant']> = {},
): Promise<AssignmentFinished> {
  const folder = join(farm.folder.path, `bare-${crypto.randomUUID()}`);
  await mkdir(folder);
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  return await assignSetup(farm, bench, { run: RUN, folder, limits });
}
