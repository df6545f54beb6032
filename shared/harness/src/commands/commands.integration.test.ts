/** Every command on a small task, as the services call it: plainly, and contained. */
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { datasetTask } from '@modelwright/contracts';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import type { Harness } from '../harness.ts';
import { plainLaunch } from '../launch/plain-launch.ts';
import { sandboxedLaunch } from '../launch/sandboxed-launch.ts';
import type { HarnessOutcome } from '../outcome.ts';
import { SMALL_TASK, writeSmallTask } from '../testing/task-folder.ts';
import { testPython } from '../testing/test-python.ts';
import { blend } from './blend.ts';
import { check } from './check.ts';
import { compare } from './compare.ts';
import { decide } from './decide.ts';
import { grade } from './grade.ts';
import { oof } from './oof.ts';
import { prepare } from './prepare.ts';
import { profile } from './profile.ts';
import { reproduce } from './reproduce.ts';
import { submission } from './submission.ts';

const python = testPython();
const harnesses: [string, Harness][] = [
  ['as a plain process', { python, launch: plainLaunch }],
  ['in the sandbox', { python, launch: sandboxedLaunch({ host: { python }, isolation: 'best' }) }],
];

function answerOf<Answer>(outcome: HarnessOutcome<Answer>): Answer {
  if (outcome.kind === 'bad-input') throw new Error(JSON.stringify(outcome.problems));
  return outcome.answer;
}

/** Raw predictions of a model that sees through `x`; `skew` makes another one. */
async function predict(inputs: string, output: string, options: { masked?: boolean; skew?: number } = {}) {
  const [header = '', ...lines] = (await readFile(inputs, 'utf8')).trim().split('\n');
  const x = header.split(',').indexOf('x');
  const rows = lines.map((line, at) => {
    const cells = line.split(',');
    const sure = at % 3 < (options.skew ?? 0) ? 0.45 : 0.9;
    const b = Number(cells[x]) > 2 ? sure : 1 - sure;
    return [cells[0], ...(options.masked === true ? ['1'] : []), 1 - b, b].join(',');
  });
  const columns = options.masked === true ? 'id,mask,p_a,p_b' : 'id,p_a,p_b';
  await writeFile(output, `${[columns, ...rows].join('\n')}\n`);
  return output;
}

describe.each(harnesses)('the harness %s', (_, harness) => {
  test('profiles, checks, prepares, grades, compares, decides, blends and submits', {
    timeout: 180_000,
  }, async () => {
    await using root = await temporaryFolder();
    await chmod(root.path, 0o755);
    const folder = await writeSmallTask(root.path);
    const out = join(root.path, 'prepared');
    const checked = answerOf(await check(harness, { folder, task: SMALL_TASK }));
    expect(checked).toMatchObject({ kind: 'classification', classes: ['a', 'b'], warnings: [] });

    const told = answerOf(await profile(harness, { folder, file: 'train.csv', against: 'test.csv' }));
    expect(told).toMatchObject({ rows: 100, width: 3, against: { onlyHere: ['y'] } });
    expect(told.columns.filter(({ unique }) => unique).map(({ name }) => name)).toEqual(['id']);

    const request = { folder, task: SMALL_TASK, out, seed: 'a secret' };
    const prepared = answerOf(await prepare(harness, request));
    expect(prepared.rows).toEqual({
      labelled: 100,
      unlabelled: 0,
      train: 70,
      score: 20,
      holdout: 10,
      test: 10,
    });
    expect(await readdir(join(out, 'datasets'))).toHaveLength(5);
    const task = datasetTask.parse(JSON.parse(await readFile(join(out, 'datasets/train/task.json'), 'utf8')));

    const work = join(root.path, 'work');
    await mkdir(work);
    const score = join(out, 'datasets/score/test.csv');
    const good = await predict(score, join(work, 'good.csv'));
    const poor = await predict(score, join(work, 'poor.csv'), { skew: 2 });
    const judge = { metric: task.metric, task, truth: join(out, 'truth/score.csv') };
    const losses = join(root.path, 'losses');
    await mkdir(losses);
    const graded = answerOf(
      await grade(harness, { ...judge, predictions: good, perRow: join(losses, 'good.csv') }),
    );
    expect(graded).toMatchObject({ score: 1, rounded: 1, n: 20, direction: 'maximize' });
    expect((await readFile(join(losses, 'good.csv'), 'utf8')).split('\n')[0]).toBe('id,loss');
    expect(answerOf(await compare(harness, { ...judge, a: good, b: poor }))).toMatchObject({ better: true });

    const train = join(out, 'datasets/train/train.csv');
    const training = { metric: task.metric, task, train };
    const first = await predict(train, join(work, 'first.csv'), { masked: true });
    const second = await predict(train, join(work, 'second.csv'), { masked: true, skew: 1 });
    const scored = answerOf(await oof(harness, { ...training, oof: second }));
    expect(scored).toMatchObject({ n: 70, coverage: 1 });
    expect(scored.folds).toHaveLength(5);
    const { decision } = answerOf(await decide(harness, { ...training, oof: first }));
    expect(decision).toEqual({ kind: 'argmax', parameters: {} });
    const members = [
      { name: 'c1', oof: second },
      { name: 'c2', oof: first },
    ];
    const blended = answerOf(await blend(harness, { ...training, members }));
    expect(blended).toMatchObject({ weights: { c2: 1 }, bestSingle: { name: 'c2' } });

    const raw = await predict(join(out, 'datasets/test/test.csv'), join(work, 'raw.csv'));
    const results = join(root.path, 'results');
    await mkdir(results);
    const file = join(results, 'submission.csv');
    answerOf(await submission(harness, { raw, decision, task, form: join(out, 'submission'), out: file }));
    expect((await readFile(file, 'utf8')).split('\n').slice(0, 3)).toEqual(['id,y', 't0,a', 't1,b']);

    const found = answerOf(
      await reproduce(harness, { record: good, reproduced: poor, tolerance: 1e-6, task }),
    );
    expect(found).toMatchObject({ rows: 20, agree: false });
  });

  test('returns bad input as an outcome with its place', async () => {
    await using root = await temporaryFolder();
    await chmod(root.path, 0o755);
    const folder = await writeSmallTask(root.path);
    const task = { ...SMALL_TASK, data: { ...SMALL_TASK.data, target: 'z' } };
    const outcome = await check(harness, { folder, task, positions: { 'data.target': [7, 11] } });
    expect(outcome).toMatchObject({
      kind: 'bad-input',
      problems: [{ code: 'missing-column', file: 'task.yaml', line: 7, column: 11, key: 'data.target' }],
    });
  });
});
