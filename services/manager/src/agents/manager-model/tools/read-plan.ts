import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { candidateIn, type ManagerSeat } from '../manager-seat.ts';

export function readPlan(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'read_plan',
    description:
      "A candidate's plan, what it came from, and what was asked of whoever made it. Answers JSON.",
    args: z.object({ candidate: z.string() }),
    run: async ({ candidate }) => {
      const found = candidateIn(await seat.history(), candidate);
      if (typeof found === 'string') return failed(`read_plan: ${found}`);
      const { plan, parent, partner, guidance, stage } = found;
      return succeeded(JSON.stringify({ state: stage, parent, partner, guidance, plan }, null, 1));
    },
  });
}
