/** The files that judging needs, laid out in a scratch folder. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatasetTask, MetricName, PreparedData, TreeRef } from '@modelwright/contracts';
import type { Decision } from '@modelwright/harness';
import { fetchGrader } from '../../adapters/grader-program.ts';
import { fetchOutput } from '../../adapters/program-output.ts';
import type { GraderPorts } from './ports.ts';

export interface Bench {
  readonly folder: string;
  readonly data: PreparedData;
  judge(part: 'score' | 'holdout'): { metric: MetricName; task: DatasetTask; truth: string; grader?: string };
  readonly training: { metric: MetricName; task: DatasetTask; train: string; grader?: string };
}

export async function lay({ bus }: GraderPorts, folder: string, data: PreparedData): Promise<Bench> {
  const truth = join(folder, 'truth');
  const train = join(folder, 'train');
  await Promise.all([bus.store.getTree(data.truth, truth), bus.store.getTree(data.datasets.train, train)]);
  const { metric } = data.task;
  const grader = await fetchGrader(bus.store, data.grader, folder);
  return {
    folder,
    data,
    judge: (part) => ({ metric, task: data.task, truth: join(truth, `${part}.csv`), ...grader }),
    training: { metric, task: data.task, train: join(train, 'train.csv'), ...grader },
  };
}

export interface Judged {
  /** A file a round. */
  readonly predictions: string[];
  readonly oof: string;
  readonly decision: Decision;
}

/** A candidate's predictions and its decision layer, fitted on its own out-of-fold predictions. */
export async function judged(
  { bus, harness }: GraderPorts,
  bench: Bench,
  name: string,
  work: { predictions: TreeRef; trained: TreeRef; rounds?: readonly TreeRef[] | undefined },
): Promise<Judged> {
  const folder = join(bench.folder, name);
  await mkdir(folder);
  const predictions = await Promise.all(
    (work.rounds ?? [work.predictions]).map((output, round) => {
      const name = work.rounds === undefined ? 'predictions.csv' : `predictions-${round}.csv`;
      return fetchOutput(bus.store, output, 'predictions.csv', join(folder, name));
    }),
  );
  const oof = await fetchOutput(bus.store, work.trained, 'oof.csv', join(folder, 'oof.csv'));
  const decision = await harness.decide({ ...bench.training, oof });
  return { predictions, oof, decision };
}
