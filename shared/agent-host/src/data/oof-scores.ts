/** Out-of-fold scores, computed by the harness: what an agent says of its own score is shown, never used. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { DatasetTask, PreparedData, Score, TreeRef } from '@modelwright/contracts';
import { type Diagnosis, type Harness, HarnessCrash, type OofAnswer, oof } from '@modelwright/harness';
import type { Logger } from '@modelwright/telemetry';
import { Remembered } from '../remember.ts';
import { Turnstile } from '../turnstile.ts';
import type { DatasetCache } from './dataset-cache.ts';

export interface OofReport {
  /** Null when the output holds no out-of-fold predictions that can be scored. */
  readonly score: Score | null;
  /** One score a fold, in order of the folds; a fold without one is left out. */
  readonly folds: readonly number[];
  /** Where the predictions are wrong. */
  readonly diagnosis: Diagnosis | null;
  /** Why there is no score; null where there is one. */
  readonly problem: string | null;
}

/** The training rows that predictions are judged on. */
export interface JudgedData {
  readonly task: DatasetTask;
  readonly train: TreeRef;
  /** Where a program of the task's own is the metric. */
  readonly grader: TreeRef | null;
}

export function judgedData({
  task,
  datasets,
  oofGrader,
}: Pick<PreparedData, 'task' | 'datasets' | 'oofGrader'>): JudgedData {
  return { task, train: datasets.train, grader: oofGrader ?? null };
}

export interface OofScores {
  /** @param output What the training left: its `oof.csv` is read. */
  of(data: JudgedData, output: TreeRef): Promise<OofReport>;
}

export interface OofScorer {
  readonly store: ContentStore;
  readonly datasets: DatasetCache;
  readonly harness: Harness;
  readonly logger: Logger;
}

const MOST_BYTES = 64 * 2 ** 20;
const MOST_REPORTED = 16 * 2 ** 20;
const MOST_REMEMBERED = 500;
/** Each takes a processor core for a second or so. */
const AT_ONCE = 2;

/** Remembers what it scored: predictions and rows are named by content, and the harness draws nothing. */
export function oofScores(scorer: OofScorer): OofScores {
  const remembered = new Remembered<OofReport>(MOST_REMEMBERED);
  const turnstile = new Turnstile(AT_ONCE);
  return {
    of: (data, output) =>
      remembered.get(`${data.train.sha256} ${data.grader?.sha256} ${output.sha256}`, () =>
        turnstile.pass(() => score(scorer, data, output)),
      ),
  };
}

async function score(
  { store, datasets, harness, logger }: OofScorer,
  data: JudgedData,
  output: TreeRef,
): Promise<OofReport> {
  const predictions = await predictionsIn(store, output);
  if (typeof predictions === 'string') return unscored(predictions);
  const train = join(await datasets.folder(data.train), 'train.csv');
  const folder = await mkdtemp(join(tmpdir(), 'mw-oof-'));
  try {
    const file = join(folder, 'oof.csv');
    // The harness runs under a user of its own where the host allows it.
    await writeFile(file, predictions, { mode: 0o644 });
    const { task, grader } = data;
    const metrics = await reportsIn(store, output, folder);
    const outcome = await oof(harness, {
      metric: task.metric,
      task,
      train,
      oof: file,
      ...(metrics === null ? {} : { metrics }),
      ...(grader === null ? {} : { grader: await datasets.folder(grader) }),
    });
    if (outcome.kind === 'done') return reportOf(outcome.answer);
    return unscored(outcome.problems.map(({ message, remedy }) => `oof.csv: ${message} ${remedy}`).join(' '));
  } catch (error) {
    // A program may leave what breaks its reader: that is a result of its training as well.
    if (!(error instanceof HarnessCrash)) throw error;
    logger.warn(
      { err: error, stderr: error.stderrTail, output },
      'out-of-fold predictions could not be scored',
    );
    return unscored(`oof.csv could not be scored: ${error.message}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The file, or why there is none to score. */
async function predictionsIn(store: ContentStore, output: TreeRef): Promise<Uint8Array | string> {
  const { files } = await store.readManifest(output);
  const entry = files.find(({ path }) => path === 'oof.csv');
  if (entry === undefined) return 'it left no oof.csv';
  if (entry.size > MOST_BYTES) return `oof.csv has ${entry.size} bytes, more than can be scored`;
  return (await store.getTreeFile(output, 'oof.csv')) ?? 'it left no oof.csv';
}

/** What the training reported of itself; null where that is nothing, or too much to read. */
async function reportsIn(store: ContentStore, output: TreeRef, folder: string): Promise<string | null> {
  const { files } = await store.readManifest(output);
  const entry = files.find(({ path }) => path === 'metrics.jsonl');
  const bytes =
    entry === undefined || entry.size > MOST_REPORTED ? null : await store.getTreeFile(output, entry.path);
  if (bytes === null) return null;
  const file = join(folder, 'metrics.jsonl');
  await writeFile(file, bytes, { mode: 0o644 });
  return file;
}

function reportOf({
  score: value,
  standardError,
  interval,
  n: rows,
  folds,
  diagnosis,
}: OofAnswer): OofReport {
  return {
    score: { value, standardError, interval, rows },
    folds: folds.flatMap((fold) => (fold.score === null ? [] : [fold.score])),
    diagnosis,
    problem: null,
  };
}

function unscored(problem: string): OofReport {
  return { score: null, folds: [], diagnosis: null, problem };
}
