/** What a task states and nothing acts on yet: a key without effect must not be silent. */
import type { Task } from '@modelwright/contracts';
import { type Positions, positionAt } from '@modelwright/yaml-file';
import type { Problem } from './problem.ts';
import { TASK_FILE } from './task-file.ts';

export function taskCautions(task: Task, positions: Positions): Problem[] {
  const { transductive } = task.constraints ?? {};
  const caution = (key: string, message: string, remedy: string): Problem => ({
    message: `constraints.${key}: ${message}`,
    remedy,
    file: TASK_FILE,
    ...positionAt(positions, ['constraints', key]),
  });
  return [
    ...(transductive === 'allowed'
      ? [
          caution(
            'transductive',
            'unlabelled rows are prepared, but trainings do not get them yet; what is allowed is that answers depend on the other rows to predict',
            'Leave it out where each row is to be predicted by itself.',
          ),
        ]
      : []),
  ];
}
