/** The winner's recipe, frozen, is trained on all labelled rows; where that is not wanted or fails, the scored model stays. */
import type { CandidateIn } from '../candidate.ts';
import { type Step, step } from '../step.ts';
import { programOf, submit } from '../submit.ts';
import { sealed } from '../winner.ts';
import { outputOf } from './collect-predictions.ts';
import { derivedForRefit } from './derive-for-refit.ts';
import { reasonAgainstRefit, refitId, refitWanted } from './refit-wanted.ts';
import type { Rule } from './rule.ts';

export const refitWinner: Rule = (run, now) => {
  const wanted = refitWanted(run, now);
  if (wanted === null) return null;
  const { id, candidate, data, seconds } = wanted;
  const derived = derivedForRefit(run, candidate);
  if (derived.state === 'awaited' || derived.state === 'failed') return null;
  return submit(
    run,
    {
      id,
      candidate: candidate.id,
      purpose: 'refit',
      ...programOf(candidate.trained.version),
      accelerators: candidate.trained.version.accelerators,
      command: ['python', 'train.py'],
      data,
      inputs: derived.state === 'none' ? {} : { derived: { tree: derived.tree, path: null } },
      overlay: { 'config.json': JSON.stringify(candidate.trained.config) },
      variables: { MW_TIME_BUDGET_SECONDS: String(seconds) },
      wallSeconds: Math.round(seconds * 1.2),
      reason: `${candidate.id} is trained again on all labelled rows`,
    },
    now,
  );
};

export const chooseModel: Rule = (run, now) => {
  const found = sealed(run, 'refitting');
  if (found === null || found.winner.choices > 0) return null;
  const { candidate } = found;
  const job = run.jobs[refitId(run, candidate)];
  if (job === undefined) {
    const derived = derivedForRefit(run, candidate);
    const against = derived.state === 'failed' ? derived.reason : reasonAgainstRefit(run, candidate, now);
    return against === null ? null : choose(candidate.trained.output, false, against);
  }
  if (job.stage === 'open') return null;
  const output = outputOf(job);
  return output === null
    ? choose(candidate.trained.output, false, `the refit ${job.end}: ${job.reason}`)
    : choose(output, true, 'trained again on all labelled rows');
};

function choose(output: CandidateIn<'scored'>['trained']['output'], refitted: boolean, reason: string): Step {
  return step(`the model to deliver: ${reason}`, [{ type: 'model-chosen', output, refitted, reason }]);
}
