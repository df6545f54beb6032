/** The jobs by which a candidate predicts what it is judged by, and where the models that predict come from. */
import type { PreparedData, TreeRef } from '@modelwright/contracts';
import type { CandidateIn } from './candidate.ts';
import { probeJobs } from './probe-prediction.ts';
import { roundModel } from './round-jobs.ts';
import type { OpenRun } from './run-state.ts';
import { jobId } from './submit.ts';

export interface PredictionJob {
  readonly id: string;
  readonly of: 'score' | 'test' | 'probe';
  /** Which round of those that candidates are scored in, from 0; null where they are scored on rows set apart. */
  readonly round: number | null;
  readonly data: TreeRef;
  /** Null as long as the training that makes it has not finished. */
  readonly model: TreeRef | null;
}

type Predicting = CandidateIn<'trained' | 'predicting'>;

/** Rows to be scored first, in the order of the rounds. */
export function predictionJobs(run: OpenRun, candidate: Predicting, data: PreparedData): PredictionJob[] {
  const id = (of: string) => jobId(run, candidate.id, `${of}-rows`, candidate.repairs + 1);
  const model = candidate.trained.output;
  const { score, test } = data.datasets;
  const scored: PredictionJob[] =
    data.rounds === undefined
      ? [{ id: id('score'), of: 'score', round: null, data: score, model }]
      : data.rounds.map((one, round) => ({
          id: id(`round-${round}`),
          of: 'score',
          round,
          data: one.score,
          model: roundModel(run, candidate, round),
        }));
  const tested: PredictionJob[] =
    test === null ? [] : [{ id: id('test'), of: 'test', round: null, data: test, model }];
  return [...scored, ...tested, ...probeJobs(id('probe'), data, scored[0]?.model ?? null)];
}
