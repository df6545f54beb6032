/** With at least two candidates scored an aggregator is asked whether they are better together. */
import { assign, assignmentsOf } from '../assign.ts';
import { isAuditing } from '../auditing.ts';
import { insightsOf } from '../brief-basics.ts';
import { BLEND, type CandidateIn } from '../candidate.ts';
import { isReseeding } from '../reseeding.ts';
import { mustSeal, sealingDeadline } from '../time.ts';
import { isEligible } from '../trust.ts';
import type { Rule } from './rule.ts';

export const blendScored: Rule = (run, now) => {
  if (
    run.phase.name !== 'aggregating' ||
    assignmentsOf(run, BLEND, 'blend').length > 0 ||
    mustSeal(run, now) ||
    isReseeding(run, now) ||
    isAuditing(run, now)
  ) {
    return null;
  }
  const scored = Object.values(run.candidates).filter(
    (one): one is CandidateIn<'scored'> => one.stage === 'scored' && isEligible(one),
  );
  if (scored.length < 2) return null;
  return assign(
    run,
    {
      candidate: BLEND,
      action: 'blend',
      work: {
        role: 'aggregator',
        action: 'blend',
        data: run.phase.data,
        members: scored.map(({ id, plan, trained, score }) => ({ candidate: id, plan, trained, score })),
        insights: insightsOf(run),
      },
      deadline: sealingDeadline(run),
      reason: `an aggregator is asked to blend ${scored.length} candidates`,
    },
    now,
  );
};
