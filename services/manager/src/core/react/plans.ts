/** A designer has proposed: every plan becomes a candidate, as far as the budget of candidates goes. */
import type { Plan } from '@modelwright/contracts';
import { plannedBesidesFloor } from '../portfolio.ts';
import type { AssignmentState, OpenRun } from '../run-state.ts';
import { type Step, step } from '../step.ts';

export function onPlans(run: OpenRun, assignment: AssignmentState, plans: readonly Plan[]): Step {
  const known = plannedBesidesFloor(run);
  const room = run.submitted.budget.candidates - known;
  const parent = assignment.action === 'revise' ? (run.best?.candidate ?? null) : null;
  const taken = plans.slice(0, Math.max(0, room));
  return step(
    `${taken.length} plans: ${taken.map((plan) => plan.name).join(', ')}`,
    taken.map((plan, index) => ({
      type: 'candidate-planned',
      candidate: `c${known + index + 1}`,
      plan,
      parent,
      partner: null,
      guidance: null,
    })),
  );
}
