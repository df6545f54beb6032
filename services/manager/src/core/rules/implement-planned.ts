/** One candidate more than there are slots is under way, so that a slot never waits for code. */
import { assign } from '../assign.ts';
import { basicsOf } from '../brief-basics.ts';
import { type CandidateIn, isActive } from '../candidate.ts';
import { handoverDeadline } from '../time.ts';
import type { Rule } from './rule.ts';

export const implementPlanned: Rule = (run, now) => {
  if (run.phase.name !== 'searching') return null;
  const all = Object.values(run.candidates);
  const next = all.find((one): one is CandidateIn<'planned'> => one.stage === 'planned');
  if (next === undefined || all.filter(isActive).length > run.slots) return null;
  const action = next.plan === null ? 'floor' : 'implement';
  return assign(
    run,
    {
      candidate: next.id,
      action,
      work: {
        role: 'coder',
        action,
        data: run.phase.data,
        plan: next.plan,
        base: null,
        feedback: null,
        ...basicsOf(run),
      },
      deadline: handoverDeadline(run),
      reason: `${next.id} goes to a coder`,
    },
    now,
  );
};
