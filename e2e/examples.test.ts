/** The three examples, as a newcomer would run them, on a farm with more than one process of each role. */
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jobOutcome, PREFIX, runOutcomesFilter, turnRecord } from '@modelwright/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findPython } from '../bootstrap/toolchain.mjs';
import { Laptop, PROJECT } from './support/modelwright.ts';

const execute = promisify(execFile);

const estimate = z.object({
  value: z.number(),
  standardError: z.number(),
  interval: z.tuple([z.number(), z.number()]),
});
const manifest = z.object({
  run: z.string(),
  outcome: z.literal('finished'),
  winner: z.object({ candidate: z.string() }),
  holdout: z.object({ score: estimate }),
  best: z.object({ score: estimate }),
  verified: z.object({ agree: z.literal(true) }),
});

describe('an example', () => {
  let laptop: Laptop;
  const results = (name: string) => join(laptop.folder, 'results', name);
  const delivered = async (name: string) =>
    manifest.parse(JSON.parse(await readFile(join(results(name), 'run.json'), 'utf8')));

  beforeAll(async () => {
    laptop = await Laptop.open();
    await laptop.must('up', '--coders', '2', '--tuners', '2', '--runners', '2', '--slots', '1');
    for (const name of ['digits', 'breast-cancer', 'diabetes']) {
      await laptop.must('run', join(PROJECT, 'examples', name), '--out', results(name));
    }
  }, 20 * 60_000);
  afterAll(() => laptop[Symbol.asyncDispose]());

  it('digits reaches 0.975 accuracy on the holdout, which was opened once', async () => {
    const { holdout, verified } = await delivered('digits');
    expect(verified.agree).toBe(true);
    expect(holdout.score.value).toBeGreaterThanOrEqual(0.975);
  });

  it("breast-cancer beats the class prior's log loss by a factor of four", async () => {
    const { holdout } = await delivered('breast-cancer');
    const labels = await column('breast-cancer', 'diagnosis');
    const shares = [...new Set(labels)].map(
      (name) => labels.filter((label) => label === name).length / labels.length,
    );
    const prior = shares.reduce((sum, share) => sum - share * Math.log(share), 0);
    expect(holdout.score.value).toBeLessThan(prior / 4);
  });

  it('diabetes beats predicting the mean by 15 % RMSE', async () => {
    const { holdout } = await delivered('diabetes');
    const values = (await column('diabetes', 'progression')).map(Number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(holdout.score.value).toBeLessThan(0.85 * deviation);
  });

  it('delivers files that predict unseen rows in another folder, in an environment made from their requirements', async () => {
    const elsewhere = join(laptop.folder, 'elsewhere');
    for (const part of [
      'model',
      'src',
      'inference.py',
      'decision.py',
      'decision.json',
      'submission_row.py',
      'submission.json',
      'requirements.txt',
    ]) {
      await cp(join(results('digits'), part), join(elsewhere, part), { recursive: true });
    }
    const input = join(laptop.folder, 'input');
    await mkdir(input);
    const test = join(PROJECT, 'examples', 'digits', 'test.csv');
    await cp(test, join(input, 'test.csv'));
    const python = findPython();
    if (python === null) throw new Error('there is no Python environment: node bootstrap/main.mjs setup');
    await execute(python.python, ['-m', 'venv', join(elsewhere, 'env')]);
    const fresh = join(elsewhere, 'env', 'bin', 'python');
    await execute(fresh, ['-m', 'pip', 'install', '--quiet', '-r', join(elsewhere, 'requirements.txt')]);
    const output = join(laptop.folder, 'predictions.csv');
    const words = ['inference.py', '--model', 'model', '--input', input, '--output', output];
    await execute(fresh, words, { cwd: elsewhere });
    const judge = join(PROJECT, 'e2e', 'support', 'digits_accuracy.py');
    const { stdout } = await execute(python.python, [judge, test, output]);
    expect(Number(stdout)).toBeGreaterThanOrEqual(0.95);
  });

  it('was worked on by more than one coder, tuner and runner', async () => {
    const bus = await laptop.bus();
    try {
      const { run } = await delivered('digits');
      const turns = await bus.streams.read('TURNS', `${PREFIX}.turn.${run}.>`, turnRecord);
      const workers = (action: RegExp) =>
        new Set(
          turns.flatMap(({ subject, body }) =>
            body.type === 'taken' && action.test(subject) ? [body.worker] : [],
          ),
        );
      expect(workers(/_(floor|implement)_/).size).toBeGreaterThan(1);
      expect(workers(/_tune_/).size).toBeGreaterThan(1);
      const outcomes = await bus.streams.read('RESULTS', runOutcomesFilter(run), jobOutcome);
      expect(new Set(outcomes.map(({ body }) => body.runner)).size).toBeGreaterThan(1);
    } finally {
      await bus.close();
    }
  });
});

/** One column of an example's training data. The examples' cells hold no quotes or commas. */
async function column(example: string, name: string): Promise<string[]> {
  const text = await readFile(join(PROJECT, 'examples', example, 'train.csv'), 'utf8');
  const [head = '', ...rows] = text.trim().split(/\r?\n/);
  const at = head.split(',').indexOf(name);
  return rows.map((row) => row.split(',')[at] ?? '');
}
