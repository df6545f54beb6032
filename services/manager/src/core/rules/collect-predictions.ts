/** All predictions of a candidate are there, or one of its jobs failed. */
import type { CandidateIn } from '../candidate.ts';
import { giveBack } from '../give-back.ts';
import { predictionJobs } from '../prediction-jobs.ts';
import type { JobState, OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';
import type { Rule } from './rule.ts';

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
  const ended = jobs.flatMap(({ id, of }) => {
    const job = run.jobs[id];
    return job?.stage === 'closed' ? [{ of, job }] : [];
  });
  const failed = ended.find(({ job }) => outputOf(job) === null);
  if (failed !== undefined) {
    return giveBack(
      run,
      candidate.id,
      `inference on the ${failed.of} rows ${failed.job.end}: ${failed.job.reason}`,
    );
  }
  const score = ended.find(({ of }) => of === 'score');
  const predictions = score === undefined ? null : outputOf(score.job);
  if (ended.length < jobs.length || predictions === null) return null;
  const test = ended.find(({ of }) => of === 'test');
  return step(`${candidate.id} has predicted`, [
    {
      type: 'candidate-predicted',
      candidate: candidate.id,
      predictions,
      test: test === undefined ? null : outputOf(test.job),
    },
  ]);
}

/** What a job left that counts: nothing unless it finished. */
export function outputOf(job: JobState | undefined) {
  return job?.stage === 'closed' && job.end === 'finished' ? job.output : null;
}
