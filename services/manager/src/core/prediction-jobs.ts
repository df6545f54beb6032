/** The jobs by which a candidate predicts what it is judged by. */
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from './candidate.ts';
import type { OpenRun } from './run-state.ts';
import { jobId } from './submit.ts';

export interface PredictionJob {
  readonly id: string;
  readonly of: 'score' | 'test';
  readonly data: TreeRef;
}

export function predictionJobs(
  run: OpenRun,
  candidate: CandidateIn<'trained' | 'predicting'>,
  data: PreparedData,
): PredictionJob[] {
  const id = (of: string) => jobId(run, candidate.id, `${of}-rows`, candidate.repairs + 1);
  const score: PredictionJob = { id: id('score'), of: 'score', data: data.datasets.score };
  const { test } = data.datasets;
  return test === null ? [score] : [score, { id: id('test'), of: 'test', data: test }];
}
