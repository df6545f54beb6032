/**
 * The grader judges predictions, and compares them with those of the best so far on the same rows. One candidate at a time:
 * the next is compared with what is the best then, and every question to the hidden labels is counted.
 */
import type { Work } from '@modelwright/contracts';
import { assign } from '../assign.ts';
import type { CandidateIn } from '../candidate.ts';
import type { OpenRun } from '../run-state.ts';
import type { Rule } from './rule.ts';

type ScoreWork = Extract<Work, { role: 'grader'; action: 'score' }>;

export const gradePredicted: Rule = (run, now) => {
  const { phase } = run;
  if (phase.name !== 'searching' && phase.name !== 'aggregating') return null;
  const all = Object.values(run.candidates);
  const next = all.find((one): one is CandidateIn<'predicted'> => one.stage === 'predicted');
  if (next === undefined || all.some((one) => one.stage === 'grading')) return null;
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
        against: bestPredictions(run),
        ...roundsOf(next),
        queries: run.queries,
        ...claimsOf(next),
      },
      deadline: run.deadline,
      reason: `${next.id} is to be scored`,
    },
    now,
  );
};

function bestPredictions(run: OpenRun): ScoreWork['against'] {
  const best = run.best === null ? undefined : run.candidates[run.best.candidate];
  return best?.stage === 'scored'
    ? {
        candidate: best.id,
        predictions: best.predictions,
        trained: best.trained.output,
        ...roundsOf(best),
      }
    : null;
}

/** What its checks need besides. A blend has code of Modelwright's own, and makes no claims. */
function claimsOf({ probe, trained, members }: CandidateIn<'predicted'>) {
  return {
    ...(probe === undefined ? {} : { probe }),
    ...(members === undefined ? { version: trained.version, claimed: trained.claimed ?? null } : {}),
  } satisfies Partial<ScoreWork>;
}

function roundsOf({ rounds }: CandidateIn<'predicted' | 'scored'>): Pick<ScoreWork, 'rounds'> {
  return rounds === undefined ? {} : { rounds: [...rounds] };
}
