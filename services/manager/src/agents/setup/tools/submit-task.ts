import { defineTool, type Tool } from '@modelwright/agent';
import { asTask, taskProposal } from '@modelwright/contracts';
import { z } from 'zod';
import { prepareData } from '../prepare-data.ts';
import type { SetupSeat } from '../setup-seat.ts';
import { orFailed } from './or-failed.ts';

export function submitTask(seat: SetupSeat): Tool {
  return defineTool({
    name: 'submit_task',
    ends: true,
    description:
      'Prepares the data as the task says and hands it over: the end of the assignment. What does not suit the task comes back as problems, and the assignment goes on.',
    args: z.object({
      task: taskProposal,
      reason: z.string().min(1).max(4000).describe('how you know target, id, files and metric'),
      doubts: z
        .array(z.string().min(1).max(500))
        .max(20)
        .describe('what you had to guess, each in a sentence for the user; none when all is certain'),
    }),
    run: ({ task: proposed, reason, doubts }) =>
      orFailed('submit_task', async () => {
        const task = asTask(proposed);
        const data = await prepareData(seat, seat.work, task, seat.folder);
        const warnings = [...doubts.map((doubt) => `Setup: ${doubt}`), ...data.warnings];
        return {
          kind: 'final',
          content: reason,
          result: { role: 'setup', task, data: { ...data, warnings } },
        };
      }),
  });
}
