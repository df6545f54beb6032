/** How the best so far changes: by a candidate that was scored, or because it may not be delivered any more. */
import { BLEND, type CandidateIn } from './candidate.ts';
import type { OpenRun } from './run-state.ts';
import { judge, SELECTION, type SelectionRule, type Verdict } from './selection.ts';
import { standingOf } from './standing.ts';
import { type Step, step } from './step.ts';
import { isEligible } from './trust.ts';

type Scored = CandidateIn<'scored'>;

/**
 * A blend is one question, asked once, and is as many models as it has members: it must be better than the best single
 * candidate with an error of 5 %, one-sided.
 */
const BLEND_ERRORS = 1.645;
const BLENDING: SelectionRule = {
  ...SELECTION,
  alike: () => BLEND_ERRORS,
  dearer: () => BLEND_ERRORS,
  cheaper: () => BLEND_ERRORS,
};

/** Whether a candidate that has just been scored takes the place of the best so far, and why. */
export function verdictOn(run: OpenRun, challenger: Scored): Pick<Verdict, 'wins' | 'why'> {
  const holder = bestOf(run);
  if (holder === null) return { wins: true, why: 'the first that is scored' };
  if (isEligible(challenger) !== isEligible(holder)) {
    return isEligible(challenger)
      ? { wins: true, why: `${holder.id} is not to be delivered` }
      : { wins: false, why: 'not to be delivered' };
  }
  return between(run, challenger, holder);
}

/** Of two that are both scored. */
function between(run: OpenRun, challenger: Scored, holder: Scored): Verdict {
  if (run.phase.name === 'preparing') throw new TypeError('nothing is scored before the data is prepared');
  const { data } = run.phase;
  const { queries } = run;
  const comparison = challenger.comparison?.against === holder.id ? challenger.comparison : null;
  const standing = standingOf(challenger, holder, comparison, { data, queries });
  return judge(standing, challenger.id === BLEND ? BLENDING : SELECTION);
}

/** The best of all that may be delivered; of all where none may. Null where nothing is scored. */
export function bestAmong(run: OpenRun, candidates: readonly Scored[]): Scored | null {
  const eligible = candidates.filter(isEligible);
  const [first, ...others] = eligible.length > 0 ? eligible : candidates;
  if (first === undefined) return null;
  return others.reduce((holder, one) => (between(run, one, holder).wins ? one : holder), first);
}

export function bestOf(run: OpenRun): Scored | null {
  const best = run.best === null ? undefined : run.candidates[run.best.candidate];
  return best?.stage === 'scored' ? best : null;
}

export function becomesBest({ id, score, submission }: Scored, why: string): Step {
  return step(why, [{ type: 'best-changed', candidate: id, score, submission: submission ?? null }]);
}
