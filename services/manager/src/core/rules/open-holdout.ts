/** The holdout is opened once, after the winner is sealed: the scored model predicts it. */
import { step } from '../step.ts';
import { INFER, jobId, programOf, submit } from '../submit.ts';
import { sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import type { Rule } from './rule.ts';

export const openHoldout: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.holdout.kind !== 'unopened') return null;
  const { candidate, phase } = found;
  const rows = phase.data.datasets.holdout;
  if (rows === null) {
    const reason = 'no rows were held out';
    return step(reason, [{ type: 'holdout-unavailable', candidate: candidate.id, reason }]);
  }
  const id = jobId(run, candidate.id, 'holdout-rows', 1);
  const job = run.jobs[id];
  if (job === undefined) {
    return submit(
      run,
      {
        id,
        candidate: candidate.id,
        purpose: 'infer',
        ...programOf(candidate.trained.version),
        command: INFER,
        data: rows,
        inputs: { model: { tree: candidate.trained.output, path: 'model' } },
        overlay: { 'config.json': JSON.stringify(candidate.trained.config) },
        reason: `${candidate.id} predicts the holdout`,
      },
      now,
    );
  }
  if (job.stage === 'open' || outputOf(job) !== null) return null;
  const reason = `inference on the holdout ${job.end}: ${job.reason}`;
  return step(reason, [{ type: 'holdout-unavailable', candidate: candidate.id, reason }]);
};
