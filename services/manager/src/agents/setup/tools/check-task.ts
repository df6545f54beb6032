import { defineTool, succeeded, type Tool } from '@modelwright/agent';
import { asTask, taskProposal } from '@modelwright/contracts';
import type { CheckAnswer } from '@modelwright/harness';
import { z } from 'zod';
import type { SetupSeat } from '../setup-seat.ts';
import { orFailed } from './or-failed.ts';

const SHOWN_NAMES = 40;

export function checkTask({ folder, harness }: Pick<SetupSeat, 'folder' | 'harness'>): Tool {
  return defineTool({
    name: 'check_task',
    description:
      'Checks a task against the data as a run would, without starting anything: every problem at once, each with its remedy, or what a run would make of it (kind, classes, rows, features, split). Warnings deserve a thought each.',
    args: z.object({ task: taskProposal }),
    run: ({ task }) =>
      orFailed('check_task', async () => {
        const checked = await harness.check({ folder, task: asTask(task) });
        if (checked.kind === 'done') {
          const { features, ...found } = checked.answer;
          return succeeded(JSON.stringify({ fit: true, ...found, features: shortened(features) }));
        }
        const { problems, warnings } = checked;
        return succeeded(JSON.stringify({ fit: false, problems, warnings }));
      }),
  });
}

/** Wide tables have thousands: how many of each kind, and the names of the first. */
function shortened(features: CheckAnswer['features']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...Map.groupBy(features, ({ kind }) => kind)].map(([kind, all]) => {
      const names = all.slice(0, SHOWN_NAMES).map(({ name }) => name);
      const more = all.length > SHOWN_NAMES ? ', …' : '';
      return [kind, `${all.length}: ${names.join(', ')}${more}`];
    }),
  );
}
