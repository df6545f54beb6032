/** All predictions of a candidate are there, or one of its jobs failed. */
import type { CandidateIn } from '../candidate.ts';
import { giveBack } from '../give-back.ts';
import { type PredictionJob, predictionJobs } from '../prediction-jobs.ts';
import { outputOf } from '../round-jobs.ts';
import type { OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';
import { nameOf } from './predict-trained.ts';
import type { Rule } from './rule.ts';

export { outputOf } from '../round-jobs.ts';

export const collectPredictions: Rule = (run) => {
  for (const candidate of Object.values(run.candidates)) {
    if (candidate.stage !== 'predicting') continue;
    const found = collected(run, candidate);
    if (found !== null) return found;
  }
  return null;
};

function collected(run: OpenRun, candidate: CandidateIn<'predicting'>): Step | null {
  const { phase } = run;
  if (phase.name !== 'searching' && phase.name !== 'aggregating') return null;
  const jobs = predictionJobs(run, candidate, phase.data);
  const ended = jobs.flatMap((one) => {
    const job = run.jobs[one.id];
    return job?.stage === 'closed' ? [{ one, job, output: outputOf(job) }] : [];
  });
  // What goes wrong with the probe alone is for the grader to tell.
  const failed = ended.find(({ one, output }) => output === null && one.of !== 'probe');
  if (failed !== undefined) {
    const { one, job } = failed;
    return giveBack(run, candidate.id, `inference on the ${nameOf(one)} ${job.end}: ${job.reason}`);
  }
  const made = (of: PredictionJob['of']) =>
    ended.flatMap(({ one, output }) => (one.of === of && output !== null ? [output] : []));
  const scored = made('score');
  const [predictions] = scored;
  if (ended.length < jobs.length || predictions === undefined) return null;
  return step(`${candidate.id} has predicted`, [
    {
      type: 'candidate-predicted',
      candidate: candidate.id,
      predictions,
      test: made('test')[0] ?? null,
      ...(phase.data.rounds === undefined ? {} : { rounds: scored }),
      ...made('probe').reduce((_, probe) => ({ probe }), {}),
    },
  ]);
}
