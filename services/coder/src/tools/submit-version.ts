import { answeredCalls, defineTool, failed, stepTitle, type Tool } from '@modelwright/agent';
import { type Hardware, plan } from '@modelwright/contracts';
import { z } from 'zod';
import type { CoderSeat } from '../coder.ts';
import { passedAt } from '../core/check-report.ts';
import { estimate, measured } from '../core/estimate.ts';
import { planFromFiles, resultOf } from '../hand-over.ts';

export function submitVersion(seat: CoderSeat): Tool {
  return defineTool({
    name: 'submit_version',
    ends: true,
    description:
      'Hands the candidate over as it stands and ends the assignment. Its last check must have passed, with nothing changed since.',
    args: z.object({
      summary: z.string().min(1).describe('what the candidate does, in a sentence or two'),
      estimate: estimate.optional().describe('what a whole training takes, measured on the real data'),
      plan: plan.optional().describe('what was built, where the brief has no plan'),
      accelerators: z
        .int()
        .min(1)
        .max(64)
        .optional()
        .describe('how many of hardware.accelerators each training is to have; none when absent'),
    }),
    run: async (args, call) => {
      const present = await seat.tree.save(stepTitle(call.assignment, call.turn, 'submit_version'), call.at);
      if (present.kind === 'refused') return failed(`submit_version: ${present.reason}`);
      const passed = passedAt(answeredCalls(call.transcript), present.version);
      if (passed === null) {
        return failed(
          'submit_version: the files as they stand have not passed check_candidate; run it first',
        );
      }
      const against = whyNotOn(args.accelerators, seat.assignment.hardware);
      if (against !== null) return failed(`submit_version: ${against}`);
      const built = seat.work.plan ?? args.plan ?? (await planFromFiles(seat, args.summary));
      return {
        kind: 'final',
        content: args.summary,
        result: resultOf(measured(built, passed, args.estimate), passed, args.accelerators),
      };
    },
  });
}

/** Null when the farm can give so many. */
function whyNotOn(wanted: number | undefined, hardware: Hardware | undefined): string | null {
  const most = Math.max(0, ...(hardware?.accelerators ?? []).map((one) => one.count));
  if ((wanted ?? 0) <= most) return null;
  return most === 0
    ? 'there are no accelerators; hand it over without asking for any'
    : `a training gets ${most} accelerators at most`;
}
