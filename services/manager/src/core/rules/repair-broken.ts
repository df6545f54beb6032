import { assign } from '../assign.ts';
import { basicsOf } from '../brief-basics.ts';
import type { CandidateIn } from '../candidate.ts';
import { deadlineOf } from '../deadline-of.ts';
import { findingsFor } from '../told-findings.ts';
import type { Rule } from './rule.ts';

export const repairBroken: Rule = (run, now) => {
  if (run.phase.name !== 'searching') return null;
  const next = Object.values(run.candidates).find(
    (one): one is CandidateIn<'broken'> => one.stage === 'broken',
  );
  if (next === undefined) return null;
  return assign(
    run,
    {
      candidate: next.id,
      action: 'fix',
      work: {
        role: 'coder',
        action: 'fix',
        data: run.phase.data,
        plan: next.plan,
        base: next.version,
        feedback: next.feedback,
        ...findingsFor(run, [next.parent, next.partner]),
        ...basicsOf(run),
      },
      deadline: deadlineOf(run, 'coder', next.id, now),
      reason: `${next.id} goes back to a coder`,
    },
    now,
  );
};
