import { defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import type { ManagerSeat } from '../manager-seat.ts';

export function readCurves(seat: ManagerSeat): Tool {
  return defineTool({
    name: 'read_curves',
    polls: true,
    description:
      'What a training has reported while it ran, or so far: for each name its count, last, lowest, highest, some points as [step, value], and, where values were NaN or infinite, how many (notFinite). It is what the program says of itself. Answers a JSON list.',
    args: z.object({ job: z.string().describe('as list_attempts names it') }),
    run: async ({ job }) => {
      const curves = await seat.jobs.curves(job);
      return curves.length === 0
        ? failed(`read_curves: nothing was reported under ${job}, or it is no longer kept`)
        : succeeded(JSON.stringify(curves));
    },
  });
}
