/** A task that is scored by a program of its own, from preparing to the grader, on a real server with the real harness. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judgedData, type OofScores, oofScores, openDatasetCache } from '@modelwright/agent-host';
import { TestFarm } from '@modelwright/agent-host/testing';
import { PermanentFailure } from '@modelwright/bus';
import type { PreparedData, Task, TreeRef, WorkResult } from '@modelwright/contracts';
import { sandboxedLaunch } from '@modelwright/harness';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHarness } from '../../adapters/harness.ts';
import { createScratch } from '../../adapters/scratch.ts';
import { prepareData } from '../../agents/setup/prepare-data.ts';
import { pythonForTests } from '../../testing/setup-bench.ts';
import { grade } from './grader.ts';
import type { GraderPorts, GraderWork } from './ports.ts';

const WITHIN = `
def grade(submission, answers):
    joined = answers.merge(submission, on="id", suffixes=("", "_said"), validate="1:1")
    if len(joined) != len(answers):
        raise ValueError("rows are missing")
    return float(((joined["y"] - joined["y_said"]).abs() <= 1).mean())
`;

const TASK: Task = {
  version: 1,
  name: 'within one',
  description: 'Numbers, to be predicted within one.',
  data: { layout: 'table', train: 'train.csv', id: 'id', target: 'y', kind: 'regression' },
  metric: 'custom',
  grade: { program: 'grade.py', direction: 'maximize' },
  split: { scoring: 'rows' },
};

let farm: TestFarm;
let ports: GraderPorts;
let data: PreparedData;
let asTuner: OofScores;

beforeAll(async () => {
  farm = await TestFarm.start();
  const python = pythonForTests();
  const site = { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) };
  const home = join(farm.folder.path, 'home');
  const scoresOn = async (bus: GraderPorts['bus']) => {
    const datasets = await openDatasetCache(bus.store, home);
    return oofScores({ store: bus.store, datasets, harness: site, logger: farm.logger });
  };
  ports = {
    bus: farm.bus,
    harness: createHarness(site),
    scores: await scoresOn(farm.bus),
    scratch: createScratch(home),
  };
  asTuner = await scoresOn(await farm.busOf('tuner'));
  data = await prepared(WITHIN);
});
afterAll(() => farm[Symbol.asyncDispose]());

async function prepared(program: string, task: Task = TASK): Promise<PreparedData> {
  const folder = join(farm.folder.path, `task-${crypto.randomUUID()}`);
  await mkdir(folder);
  const rows = Array.from({ length: 300 }, (_, n) => `r${n},${n % 17},${n % 5},${(n % 17) * 3 + (n % 5)}`);
  await writeFile(join(folder, 'train.csv'), `id,a,b,y\n${rows.join('\n')}\n`);
  await writeFile(join(folder, 'grade.py'), program);
  const source = await farm.tree({ 'train.csv': rows.join('\n') });
  const { store } = farm.bus;
  return await prepareData(
    { store, harness: ports.harness, scratch: ports.scratch },
    { seed: 5, source },
    task,
    folder,
  );
}

/** The same data, judged by another program: one that changed after its proof. */
async function judgedBy(program: string): Promise<PreparedData> {
  const { oofGrader } = data;
  if (oofGrader === undefined) throw new Error('there is no grader');
  const form = await farm.bus.store.getTreeFile(oofGrader, 'form.json');
  const files = { 'grade.py': program, 'form.json': Buffer.from(form ?? []).toString() };
  const changed = await farm.tree(files, 'datasets');
  return { ...data, grader: changed, oofGrader: changed };
}

/** What a candidate leaves that is right but for every `each`th row, which is off by two. */
async function candidate(each: number): Promise<{ predictions: TreeRef; trained: TreeRef }> {
  const { store } = farm.bus;
  const off = (line: string, row: number) => Number(line) + (row % each === 0 ? 2 : 0);
  const score = cells(await store.getTreeFile(data.truth, 'score.csv'), 'target');
  const train = cells(await store.getTreeFile(data.datasets.train, 'train.csv'), 'y');
  const predictions = score.map(({ id, value }, row) => `${id},${off(value, row)}`);
  const oof = train.map(({ id, value }, row) => `${id},1,${off(value, row)}`);
  return {
    predictions: await farm.tree({ 'predictions.csv': `id,prediction\n${predictions.join('\n')}\n` }),
    trained: await farm.tree({ 'oof.csv': `id,mask,prediction\n${oof.join('\n')}\n`, 'model/weights': 'w' }),
  };
}

function cells(bytes: Uint8Array | null, column: string): { id: string; value: string }[] {
  const [header = '', ...lines] = Buffer.from(bytes ?? [])
    .toString()
    .trim()
    .split('\n');
  const at = header.split(',').indexOf(column);
  return lines.map((line) => {
    const parts = line.split(',');
    return { id: parts[0] ?? '', value: parts[at] ?? '' };
  });
}

async function scored(work: Partial<Extract<GraderWork, { action: 'score' }>>, each = 4) {
  const own = await candidate(each);
  const rest = { data, test: null, against: null, ...own, ...work };
  return graded(await grade(ports, { role: 'grader', action: 'score', ...rest }));
}

function graded(result: WorkResult): Extract<WorkResult, { role: 'grader' }> {
  if (result.role !== 'grader') throw new Error('no grader answered');
  return result;
}

describe('a task with a program that scores', () => {
  it('has it where hidden labels are, and again where training rows are', () => {
    expect(data.grader?.store).toBe('truth');
    expect(data.oofGrader).toEqual({ ...data.grader, store: 'datasets' });
    expect(data.task).toMatchObject({ metric: 'custom', direction: 'maximize' });
  });

  it('is scored by it, with an error, a diagnosis and a comparison with the best', async () => {
    const better = await candidate(10);
    const result = await scored({ against: { candidate: 'c1', ...better } });
    const { value, standardError } = result.score ?? { value: 0, standardError: 0 };
    expect(Math.abs(value - 0.75)).toBeLessThan(0.05);
    expect(standardError).toBeGreaterThan(0);
    expect(result.comparison).toMatchObject({ against: 'c1', better: false });
    expect(result.comparison?.difference).toBeLessThan(0);
    expect(result.diagnosis).toContain('residuals');
  });

  it('is scored out of fold by a tuner, who may not read hidden labels', async () => {
    const { trained } = await candidate(4);
    const report = await asTuner.of(judgedData(data), trained);
    expect(report.problem).toBeNull();
    expect(Math.abs((report.score?.value ?? 0) - 0.75)).toBeLessThan(0.01);
  });

  it.each([
    ['crashes', 'import os\ndef grade(s, a):\n    os._exit(7)\n', 'ended with 7'],
    ['answers in prose', 'def grade(s, a):\n    return "good"\n', 'ValueError'],
    ['answers NaN', 'def grade(s, a):\n    return float("nan")\n', 'returned nan'],
    ['draws', 'import random\ndef grade(s, a):\n    return random.random()\n', 'asked twice'],
  ])('has no score where the program %s, and the reason', async (_, program, said) => {
    const work = { data: await judgedBy(program) };
    await expect(scored(work)).rejects.toThrow(said);
    await expect(scored(work)).rejects.toBeInstanceOf(PermanentFailure);
  });

  it('is no task where the program measures the other way', async () => {
    const task: Task = { ...TASK, grade: { program: 'grade.py', direction: 'minimize' } };
    await expect(prepared(WITHIN, task)).rejects.toThrow('does not measure in the stated direction');
  });
});
