/** What is delivered is held against its record and against the form asked for, on a real server with the real harness. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestFarm } from '@modelwright/agent-host/testing';
import type { PreparedData, Task, TreeRef } from '@modelwright/contracts';
import { sandboxedLaunch } from '@modelwright/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness } from '../../adapters/harness.ts';
import { createScratch } from '../../adapters/scratch.ts';
import { prepareData } from '../../agents/setup/prepare-data.ts';
import { pythonForTests } from '../../testing/setup-bench.ts';
import type { GraderPorts } from './ports.ts';
import { compareWithRecord } from './reproduce.ts';

const TASK: Task = {
  version: 1,
  name: 'sides',
  description: 'Which side.',
  data: { layout: 'table', train: 'train.csv', test: 'test.csv', id: 'id', target: 'y' },
  metric: 'accuracy',
  split: { scoring: 'rows' },
};
const RAW = 'id,p_a,p_b\nt0,0.9,0.1\nt1,0.2,0.8\nt2,0.7,0.3\n';
const SUBMISSION = 'id,y\nt0,a\nt1,b\nt2,a\n';
const DECISION = JSON.stringify({ kind: 'argmax', parameters: {} });

let farm: TestFarm;
let ports: Pick<GraderPorts, 'bus' | 'harness' | 'scratch'>;
let data: PreparedData;

beforeAll(async () => {
  farm = await TestFarm.start();
  const python = pythonForTests();
  const site = { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) };
  const scratch = createScratch(join(farm.folder.path, 'home'));
  ports = { bus: farm.bus, harness: createHarness(site), scratch };
  const folder = join(farm.folder.path, 'task');
  await mkdir(folder);
  const rows = Array.from({ length: 200 }, (_, n) => `r${n},${n},${n % 2 === 0 ? 'a' : 'b'}`);
  await writeFile(join(folder, 'train.csv'), `id,x,y\n${rows.join('\n')}\n`);
  await writeFile(join(folder, 'test.csv'), 'id,x\nt0,1\nt1,2\nt2,3\n');
  const source = await farm.tree({ 'train.csv': rows.join('\n') });
  data = await prepareData(
    { store: farm.bus.store, harness: ports.harness, scratch },
    { seed: 5, source },
    TASK,
    folder,
  );
});
afterAll(() => farm[Symbol.asyncDispose]());

interface Proof {
  /** What lies in the deliverable. */
  readonly submission?: string;
  /** What its program left where it was proved; without a file it left none. */
  readonly again?: Readonly<Record<string, string>>;
}

async function proved({ submission = SUBMISSION, again = {} }: Proof = {}) {
  const record = await farm.tree({ 'predictions.csv': RAW });
  const left = { 'raw.csv': RAW, 'test/raw.csv': RAW, 'test/submission.csv': SUBMISSION, ...again };
  const reproduced = await farm.tree(left);
  const tree: TreeRef = await farm.tree({ 'submission.csv': submission, 'decision.json': DECISION });
  return await ports.scratch.use('grader', (folder) =>
    compareWithRecord(ports, folder, {
      role: 'grader',
      action: 'reproduce',
      data,
      record,
      reproduced,
      delivered: { tree, test: record },
    }),
  );
}

describe('a deliverable in a fresh environment', () => {
  it('is proved where it says again what was recorded and hands in what was asked for', async () => {
    const { agree, notes } = await proved();
    expect(notes.join(' ')).toContain('submission.csv has the form that was asked for; 3 rows');
    expect(agree).toBe(true);
  });

  it.each([
    ['lacks an id', 'id,y\nt0,a\nt1,b\n', '1 ids are absent: `t2`'],
    ['has a column too much', 'id,y,z\nt0,a,1\nt1,b,1\nt2,a,1\n', '`z` too much'],
    ['holds no answer', 'id,y\nt0,a\nt1,nan\nt2,a\n', '`nan` is no class'],
    ['says something else than the model', 'id,y\nt0,b\nt1,b\nt2,a\n', 'not what the model says, first `t0`'],
  ])('is not proved where its submission %s', async (_, submission, said) => {
    const { agree, notes } = await proved({ submission });
    expect(agree).toBe(false);
    expect(notes.join(' ')).toContain(said);
  });

  it('is not proved where its program predicts the test rows otherwise, or not all of them', async () => {
    const other = RAW.replace('0.9,0.1', '0.8,0.2');
    expect((await proved({ again: { 'test/raw.csv': other } })).agree).toBe(false);
    const few = await proved({ again: { 'test/submission.csv': 'id,y\nt0,a\nt1,b\n' } });
    expect(few.agree).toBe(false);
  });

  it('is not proved where the rows that were held out come out otherwise', async () => {
    const other = RAW.replace('0.9,0.1', '0.8,0.2');
    expect((await proved({ again: { 'raw.csv': other } })).agree).toBe(false);
  });
});
