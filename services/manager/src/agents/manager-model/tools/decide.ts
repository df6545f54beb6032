import { defineTool, failed, type Tool } from '@modelwright/agent';
import { type ManagerAction, managerAction } from '@modelwright/contracts';
import { z } from 'zod';
import { actionObjection } from '../../../core/action-objection.ts';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';

const MOST_ACTIONS = 20;

export function decide(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'decide',
    ends: true,
    description:
      'Hands the decision over and ends the assignment. Actions are carried out in order: propose (a designer plans `count` new candidates), revise (a designer changes one thing about a candidate), combine (a designer makes one of two), fix (a coder mends the implementation), tune (a tuner tries further configurations), prune (a candidate is given up, with what runs for it), stop (the search ends; what is begun is finished). All but prune and stop make new candidates and take room. No action: wait for what is under way.',
    args: z.object({
      actions: z.array(managerAction).max(MOST_ACTIONS),
      reason: z.string().min(1).describe('what you saw and why this follows from it, in numbers'),
    }),
    run: async ({ actions, reason }) => {
      const objection = await objectionTo(seat, actions);
      if (objection !== null) return failed(`decide: ${objection}`);
      return { kind: 'final', content: reason, result: { role: 'manager', actions, reason } };
    },
  });
}

/** What can be known to fail is said while it can still be put right; the rest is left out when it is carried out. */
async function objectionTo(seat: ManagerSeat, actions: readonly ManagerAction[]): Promise<string | null> {
  const wanted = actions.reduce((sum, action) => sum + roomOf(action), 0);
  if (wanted > seat.work.room)
    return `the actions would make ${wanted} candidates, and there is room for ${seat.work.room}`;
  const history = await seat.history();
  for (const id of actions.flatMap(namedIn)) {
    const found = candidateIn(history, id);
    if (typeof found === 'string') return found;
  }
  const objections = actions.flatMap((action) => {
    const objection = actionObjection(history.candidates, action);
    return objection === null ? [] : [`${action.kind}: ${objection}`];
  });
  return objections.length === 0 ? null : objections.join('; ');
}

function roomOf(action: ManagerAction): number {
  if (action.kind === 'propose') return action.count;
  return action.kind === 'prune' || action.kind === 'stop' ? 0 : 1;
}

function namedIn(action: ManagerAction): string[] {
  if (action.kind === 'propose' || action.kind === 'stop') return [];
  return action.kind === 'combine' ? [action.candidate, action.partner] : [action.candidate];
}
