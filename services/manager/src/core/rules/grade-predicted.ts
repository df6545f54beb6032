/** The grader judges predictions; a blend is compared with the best single candidate on the same rows. */
import { assign } from '../assign.ts';
import { BLEND, type CandidateIn } from '../candidate.ts';
import type { OpenRun } from '../run-state.ts';
import type { Rule } from './rule.ts';

export const gradePredicted: Rule = (run, now) => {
  const { phase } = run;
  if (phase.name !== 'searching' && phase.name !== 'aggregating') return null;
  const next = Object.values(run.candidates).find(
    (one): one is CandidateIn<'predicted'> => one.stage === 'predicted',
  );
  if (next === undefined) return null;
  return assign(
    run,
    {
      candidate: next.id,
      action: 'score',
      work: {
        role: 'grader',
        action: 'score',
        data: phase.data,
        predictions: next.predictions,
        trained: next.trained.output,
        test: next.test,
        against: next.id === BLEND ? bestPredictions(run) : null,
      },
      deadline: run.deadline,
      reason: `${next.id} is to be scored`,
    },
    now,
  );
};

function bestPredictions(run: OpenRun) {
  const best = run.best === null ? undefined : run.candidates[run.best.candidate];
  return best?.stage === 'scored'
    ? { candidate: best.id, predictions: best.predictions, trained: best.trained.output }
    : null;
}
