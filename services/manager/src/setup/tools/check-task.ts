import { defineTool, succeeded, type Tool } from '@modelwright/agent';
import { asTask, taskProposal } from '@modelwright/contracts';
import { z } from 'zod';
import type { SetupSeat } from '../setup-seat.ts';

export function checkTask({ folder, harness }: Pick<SetupSeat, 'folder' | 'harness'>): Tool {
  return defineTool({
    name: 'check_task',
    description:
      'Checks a task against the data as a run would, without starting anything: every problem at once, each with its remedy, or what a run would make of it (kind, classes, rows, features, split). Warnings deserve a thought each.',
    args: z.object({ task: taskProposal }),
    run: async ({ task }) => {
      const checked = await harness.check({ folder, task: asTask(task) });
      if (checked.kind === 'done') return succeeded(JSON.stringify({ fit: true, ...checked.answer }));
      const { problems, warnings } = checked;
      return succeeded(JSON.stringify({ fit: false, problems, warnings }));
    },
  });
}
