/** The best so far has turned out not to be fit for delivery: the best of the others takes its place, where there is one. */
import { becomesBest, bestAmong, bestOf } from '../best.ts';
import type { CandidateIn } from '../candidate.ts';
import { isEligible } from '../trust.ts';
import type { Rule } from './rule.ts';

export const replaceBest: Rule = (run) => {
  if (run.phase.name !== 'searching' && run.phase.name !== 'aggregating') return null;
  const best = bestOf(run);
  if (best === null || isEligible(best)) return null;
  const scored = Object.values(run.candidates).filter(
    (one): one is CandidateIn<'scored'> => one.stage === 'scored',
  );
  const next = bestAmong(run, scored);
  if (next === null || !isEligible(next)) return null;
  return becomesBest(next, `${next.id} is the best so far: ${best.id} is not to be delivered`);
};
