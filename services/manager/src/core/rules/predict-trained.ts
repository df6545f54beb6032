/** A trained candidate predicts the score rows and the test rows, each in a fresh sandbox, as soon as there is a model for them. */
import type { CandidateIn } from '../candidate.ts';
import { type PredictionJob, predictionJobs } from '../prediction-jobs.ts';
import { probeCommand } from '../probe-prediction.ts';
import type { OpenRun } from '../run-state.ts';
import { join, type Step } from '../step.ts';
import { INFER, programOf, submit } from '../submit.ts';
import type { Rule } from './rule.ts';

export const predictTrained: Rule = (run, now) => {
  const { phase } = run;
  if (phase.name !== 'searching' && phase.name !== 'aggregating') return null;
  for (const one of Object.values(run.candidates)) {
    if (one.stage !== 'trained' && one.stage !== 'predicting') continue;
    const missing = predictionJobs(run, one, phase.data).flatMap((job) =>
      job.model === null || run.jobs[job.id] !== undefined
        ? []
        : [predicted(run, one, { ...job, model: job.model }, now)],
    );
    if (missing.length > 0) return join(missing);
  }
  return null;
};

function predicted(
  run: OpenRun,
  candidate: CandidateIn<'trained' | 'predicting'>,
  job: PredictionJob & { readonly model: NonNullable<PredictionJob['model']> },
  now: number,
): Step {
  return submit(
    run,
    {
      id: job.id,
      candidate: candidate.id,
      purpose: 'infer',
      ...programOf(candidate.trained.version),
      command: job.of === 'probe' ? probeCommand(candidate) : INFER,
      data: job.data,
      inputs: { model: { tree: job.model, path: 'model' } },
      overlay: { 'config.json': JSON.stringify(candidate.trained.config) },
      reason: `${candidate.id} predicts the ${nameOf(job)}`,
    },
    now,
  );
}

/** Such as `score rows`, or `score rows of round 2`. */
export function nameOf({ of, round }: PredictionJob): string {
  return round === null ? `${of} rows` : `${of} rows of round ${round + 1}`;
}
