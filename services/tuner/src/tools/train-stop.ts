import { answeredCalls, defineTool, failed, succeeded, type Tool } from '@modelwright/agent';
import { z } from 'zod';
import { startedTrials } from '../core/trials.ts';
import type { TunerSeat } from '../tuner.ts';

export function trainStop(seat: TunerSeat): Tool {
  return defineTool({
    name: 'train_stop',
    description:
      'Has a training stop; it saves what it has. Its outcome follows: wait for it where you want to use it.',
    args: z.object({ job: z.string().describe('an id that train_start has answered'), reason: z.string() }),
    run: async ({ job, reason }, { transcript }) => {
      const known = startedTrials(answeredCalls(transcript)).some((trial) => trial.job === job);
      if (!known) return failed(`train_stop: not started by you: ${job}`);
      if ((await seat.jobs.outcome(job)) !== null)
        return succeeded(JSON.stringify({ job, state: 'had ended' }));
      await seat.jobs.cancel(job, reason);
      return succeeded(JSON.stringify({ job, state: 'stopping' }));
    },
  });
}
