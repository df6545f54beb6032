import { assign } from '../assign.ts';
import { insightsOf } from '../brief-basics.ts';
import { type CandidateIn, FLOOR } from '../candidate.ts';
import { deadlineOf } from '../deadline-of.ts';
import { trialSeconds } from '../time.ts';
import { findingsFor } from '../told-findings.ts';
import type { Rule } from './rule.ts';

export const tuneImplemented: Rule = (run, now) => {
  if (run.phase.name !== 'searching') return null;
  const next = Object.values(run.candidates).find(
    (one): one is CandidateIn<'implemented'> => one.stage === 'implemented',
  );
  if (next === undefined) return null;
  return assign(
    run,
    {
      candidate: next.id,
      action: 'tune',
      work: {
        role: 'tuner',
        action: 'tune',
        data: run.phase.data,
        plan: next.plan,
        version: next.version,
        trials: next.id === FLOOR ? 1 : run.submitted.budget.trials,
        secondsPerTrial: trialSeconds(run),
        guidance: next.guidance,
        ...findingsFor(run, [next.parent, next.partner]),
        insights: insightsOf(run),
      },
      deadline: deadlineOf(run, 'tuner', next.id, now),
      reason: `${next.id} goes to a tuner`,
    },
    now,
  );
};
