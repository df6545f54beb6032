/** A designer has proposed: every plan becomes a candidate, as far as the budget of candidates goes. */
import type { Plan } from '@modelwright/contracts';
import { plannedBesidesFloor, roomFor } from '../portfolio.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';

export function onPlans(run: OpenRun, assignment: AssignmentState, plans: readonly Plan[]): Step {
  const work = run.assigned[assignment.id]?.work;
  const asked = work?.role === 'designer' ? work : { parent: null, partner: null, guidance: null };
  const known = plannedBesidesFloor(run);
  const { parent, partner, guidance } = asked;
  const taken = run.phase.name === 'searching' ? plans.slice(0, roomFor(run)) : [];
  return step(
    `${taken.length} plans: ${taken.map((plan) => plan.name).join(', ')}`,
    taken.map((plan, index) => ({
      type: 'candidate-planned',
      candidate: `c${known + index + 1}`,
      plan,
      parent,
      partner,
      guidance,
    })),
  );
}
