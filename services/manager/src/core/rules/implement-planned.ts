/**
 * One candidate more than there are slots is under way, so that a slot never waits for code. What revises or combines others
 * starts from the code of its parent, where a language model writes it; the playbook writes its recipes upon the template.
 */
import type { Version } from '@modelwright/contracts';
import { assign } from '../assign.ts';
import { basicsOf } from '../brief-basics.ts';
import { type Candidate, type CandidateIn, isActive, versionOf } from '../candidate.ts';
import { deadlineOf } from '../deadline-of.ts';
import type { OpenRun } from '../run-state.ts';
import { isPlayedByModels } from '../terms.ts';
import { findingsFor } from '../told-findings.ts';
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
        base: baseOf(run, next),
        parent: next.parent,
        feedback: null,
        ...findingsFor(run, [next.parent, next.partner]),
        ...basicsOf(run),
      },
      deadline: deadlineOf(run, 'coder', next.id, now),
      reason: `${next.id} goes to a coder`,
    },
    now,
  );
};

function baseOf(run: OpenRun, { parent }: Candidate): Version | null {
  const from = parent === null ? undefined : run.candidates[parent];
  return from === undefined || !isPlayedByModels(run, 'coder') ? null : versionOf(from);
}
