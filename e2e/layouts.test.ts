/**
 * Whole runs on other data than one table with enough rows: a bare folder of labelled pictures, a bare table with several
 * rows for each prediction, and a table so small that folds are scored in rounds, whose run is told to finish early.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type RunEvent, runLogSubject, runRecord } from '@modelwright/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findPython } from '../bootstrap/toolchain.mjs';
import { Laptop, PROJECT } from './support/modelwright.ts';
import { endOf, eventsOf } from './support/run-records.ts';

const WRITER = join(PROJECT, 'services', 'manager', 'src', 'testing', 'bare-folders.py');
const BUDGET = ['--player', 'playbook', '--budget-minutes', '8'];
const SMALL = ['--candidates', '1', '--trials', '1'];
const PATIENCE_MS = 10 * 60_000;

const score = z.object({ value: z.number() });
const manifest = z.object({
  run: z.string(),
  outcome: z.string(),
  metric: z.string(),
  best: z.object({ candidate: z.string(), score }),
  winner: z.object({ candidate: z.string() }),
  model: z.object({ refitted: z.boolean(), reason: z.string() }),
  verified: z.object({ agree: z.boolean() }),
});

/** What holds for every model that is delivered after a search over folds. */
const DELIVERED = {
  outcome: 'finished',
  model: { refitted: true, reason: 'trained again on all labelled rows' },
  verified: { agree: true },
};

let laptop: Laptop;
const results = (name: string) => join(laptop.folder, 'results', name);
const delivered = async (name: string) =>
  manifest.parse(JSON.parse(await readFile(join(results(name), 'run.json'), 'utf8')));

beforeAll(async () => {
  laptop = await Laptop.open();
  const python = findPython();
  if (python === null) throw new Error('there is no Python environment: node bootstrap/main.mjs setup');
  await promisify(execFile)(python.python, [WRITER, join(laptop.folder, 'bare')]);
  await laptop.must('up', '--coders', '2', '--tuners', '2', '--runners', '2', '--slots', '1');
}, PATIENCE_MS);
afterAll(() => laptop[Symbol.asyncDispose]());

describe('a run', () => {
  it(
    'from a bare folder of pictures by class delivers a verified model',
    async () => {
      const folder = join(laptop.folder, 'bare', 'class-folders');
      await laptop.must('run', folder, ...BUDGET, ...SMALL, '--out', results('pictures'));
      const made = await delivered('pictures');
      expect(made).toMatchObject({ ...DELIVERED, metric: 'accuracy' });
      expect(made.best.score.value).toBeGreaterThan(0.9);
      expect(await readdir(results('pictures'))).toEqual(
        expect.arrayContaining(['inference.py', 'model', 'MODEL_CARD.md', 'report.html']),
      );
    },
    PATIENCE_MS,
  );

  it(
    'from several rows for each prediction answers once for each unit that the sample names',
    async () => {
      const folder = join(laptop.folder, 'bare', 'long-table');
      await laptop.must('run', folder, ...BUDGET, ...SMALL, '--out', results('series'));
      const made = await delivered('series');
      expect(made).toMatchObject(DELIVERED);
      expect(made.best.score.value).toBeGreaterThan(0.9);
      const sample = await cells(join(folder, 'sample_submission.csv'));
      const submission = await cells(join(results('series'), 'submission.csv'));
      expect(submission.map(([unit]) => unit)).toEqual(sample.map(([unit]) => unit));
      // The test's units alternate, as its writer made them.
      const right = submission.slice(1).filter(([, state], n) => state === (n % 2 ? 'steady' : 'shaky'));
      expect(right.length).toBeGreaterThan(0.85 * (submission.length - 1));
    },
    PATIENCE_MS,
  );

  it(
    'that is told to finish when one round is scored delivers a verified model of what there is',
    async () => {
      const task = join(PROJECT, 'examples', 'breast-cancer');
      const words = ['--candidates', '4', '--trials', '3', '--detach', '--json'];
      const { run } = z
        .object({ run: z.string() })
        .parse(JSON.parse(await laptop.must('run', task, ...BUDGET, ...words)));
      const events = await finishedEarly(run);
      await laptop.must('results', run, '--out', results('early'));
      const made = await delivered('early');
      expect(made).toMatchObject({ ...DELIVERED, metric: 'log_loss' });
      expect(made.best.score.value).toBeLessThan(0.66 / 2);
      expect(events.filter(({ type }) => type === 'finish-requested')).toHaveLength(1);
      const submission = await cells(join(results('early'), 'submission.csv'));
      const sample = await cells(join(task, 'sample_submission.csv'));
      expect([submission[0], submission.length]).toEqual([sample[0], sample.length]);
    },
    PATIENCE_MS,
  );
});

/** Asks the run to finish once a candidate has a score, and waits for its end. @returns all that happened. */
async function finishedEarly(run: string): Promise<RunEvent[]> {
  const bus = await laptop.bus();
  const signal = AbortSignal.timeout(PATIENCE_MS / 2);
  try {
    for await (const { body } of bus.streams.follow('RUNS', runLogSubject(run), runRecord, { signal })) {
      if (body.events.some(({ type }) => type === 'candidate-scored')) break;
    }
    await laptop.must('finish', run, '--reason', 'good enough');
    await endOf(bus, run, signal);
    return await eventsOf(bus, run);
  } finally {
    await bus.close();
  }
}

/** Neither the samples' nor the submissions' cells hold quotes or commas. */
async function cells(path: string): Promise<string[][]> {
  const text = await readFile(path, 'utf8');
  return text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
}
