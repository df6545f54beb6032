/** Those that lead within noise are trained with another seed, predict the score rows, and are judged, one after another. */
import type { PreparedData } from '@modelwright/contracts';
import { assign, assignmentsOf } from '../assign.ts';
import { becomesBest, bestOf } from '../best.ts';
import { BLEND, type CandidateIn } from '../candidate.ts';
import { orderedSeconds } from '../ordered-trainings.ts';
import {
  bestReseeded,
  finalists,
  isReseeding,
  RESEED,
  reseedId,
  reseeding,
  reseedModel,
  reseedRowsId,
  reseedSeed,
} from '../reseeding.ts';
import { outputOf } from '../round-jobs.ts';
import type { OpenRun } from '../run-state.ts';
import { join, type Step } from '../step.ts';
import { FINAL_ONLY, INFER, programOf, submit } from '../submit.ts';
import { fitsBeforeSealing, trialSeconds } from '../time.ts';
import type { Rule } from './rule.ts';

type Scored = CandidateIn<'scored'>;

/** Starting, waiting, predicting and judging besides the training. */
const OVERHEAD_SECONDS = 30;
const PATIENCE = 3;

export const reseedFinalists: Rule = (run, now) => {
  const { phase } = run;
  // In rounds each candidate was trained several times already.
  if (phase.name !== 'aggregating' || phase.data.rounds !== undefined) return null;
  if (assignmentsOf(run, BLEND, 'blend').length > 0) return null;
  if (reseeding(run).length === 0) return begin(run, phase.data, now);
  return isReseeding(run, now) ? goOn(run, phase.data, now) : conclude(run, phase.data);
};

function begin(run: OpenRun, data: PreparedData, now: number): Step | null {
  const chosen = finalists(run, data);
  const trainings = orderedSeconds(run) + chosen.reduce((sum, { trained }) => sum + trained.seconds, 0);
  const seconds = Math.max(
    trainings / Math.max(1, run.slots),
    ...chosen.map(({ trained }) => trained.seconds),
  );
  if (chosen.length === 0 || !fitsBeforeSealing(run, seconds + OVERHEAD_SECONDS, now)) return null;
  return join(chosen.map((one) => train(run, one, data, now)));
}

function train(run: OpenRun, one: Scored, data: PreparedData, now: number): Step {
  const { version, config, seconds } = one.trained;
  return submit(
    run,
    {
      id: reseedId(run, one),
      candidate: one.id,
      purpose: 'train',
      ...programOf(version),
      accelerators: version.accelerators,
      command: ['python', 'train.py'],
      data: data.datasets.train,
      inputs: version.derived === undefined ? {} : { derived: { tree: version.derived, path: null } },
      overlay: { 'config.json': JSON.stringify(config) },
      variables: {
        ...FINAL_ONLY,
        MW_SEED: String(reseedSeed(run, one)),
        MW_TIME_BUDGET_SECONDS: String(trialSeconds(run)),
      },
      wallSeconds: Math.round(seconds * PATIENCE + OVERHEAD_SECONDS),
      reason: `${one.id} is trained with another seed`,
    },
    now,
  );
}

function goOn(run: OpenRun, data: PreparedData, now: number): Step | null {
  for (const one of reseeding(run)) {
    const model = reseedModel(run, one);
    if (model === null) continue;
    const rows = run.jobs[reseedRowsId(run, one)];
    if (rows === undefined) {
      return submit(
        run,
        {
          id: reseedRowsId(run, one),
          candidate: one.id,
          purpose: 'infer',
          ...programOf(one.trained.version),
          command: INFER,
          data: data.datasets.score,
          inputs: { model: { tree: model, path: 'model' } },
          overlay: { 'config.json': JSON.stringify(one.trained.config) },
          reason: `${one.id}, trained with another seed, predicts the score rows`,
        },
        now,
      );
    }
    const predictions = outputOf(rows);
    if (predictions !== null && !isJudging(run)) {
      if (assignmentsOf(run, one.id, RESEED).length === 0)
        return askGrader(run, one, { predictions, data }, now);
    }
  }
  return null;
}

function isJudging(run: OpenRun): boolean {
  return reseeding(run).some((one) =>
    assignmentsOf(run, one.id, RESEED).some(({ stage }) => stage !== 'closed'),
  );
}

interface Judged {
  readonly predictions: NonNullable<ReturnType<typeof outputOf>>;
  readonly data: PreparedData;
}

function askGrader(run: OpenRun, one: Scored, { predictions, data }: Judged, now: number): Step | null {
  const best = bestOf(run);
  if (best === null) return null;
  return assign(
    run,
    {
      candidate: one.id,
      action: RESEED,
      work: {
        role: 'grader',
        action: 'score',
        data,
        predictions,
        // Its decision layer and out-of-fold score stay those of the first training.
        trained: one.trained.output,
        test: null,
        against: { candidate: best.id, predictions: best.predictions, trained: best.trained.output },
        queries: run.queries,
      },
      deadline: run.deadline,
      reason: `${one.id}, trained with another seed, is to be scored`,
    },
    now,
  );
}

/** The best so far changes where the mean of two trainings speaks for another one. */
function conclude(run: OpenRun, data: PreparedData): Step | null {
  const best = bestOf(run);
  const chosen = bestReseeded(run, data);
  if (chosen === null || chosen.id === best?.id) return null;
  return becomesBest(
    chosen,
    `${chosen.id} is the best so far: by the mean of two trainings with different seeds`,
  );
}
