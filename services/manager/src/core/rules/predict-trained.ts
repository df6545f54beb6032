/** A trained candidate predicts the score rows and the test rows, each in a fresh sandbox. */
import type { CandidateIn } from '../candidate.ts';
import { type PredictionJob, predictionJobs } from '../prediction-jobs.ts';
import { join } from '../step.ts';
import { INFER, programOf, submit } from '../submit.ts';
import type { Rule } from './rule.ts';

export const predictTrained: Rule = (run, now) => {
  const { phase } = run;
  if (phase.name !== 'searching' && phase.name !== 'aggregating') return null;
  const next = Object.values(run.candidates).find(
    (one): one is CandidateIn<'trained'> => one.stage === 'trained',
  );
  if (next === undefined) return null;
  const send = (one: PredictionJob) =>
    submit(
      run,
      {
        id: one.id,
        candidate: next.id,
        purpose: 'infer',
        ...programOf(next.trained.version),
        command: INFER,
        data: one.data,
        inputs: { model: { tree: next.trained.output, path: 'model' } },
        overlay: { 'config.json': JSON.stringify(next.trained.config) },
        reason: `${next.id} predicts the ${one.of} rows`,
      },
      now,
    );
  return join(predictionJobs(run, next, phase.data).map(send));
};
