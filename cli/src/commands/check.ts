/** `modelwright check`: is this task folder fit for a run? */
import type { Task } from '@modelwright/contracts';
import { yamlText } from '@modelwright/yaml-file';
import { Command } from 'commander';
import { checkTask } from '../adapters/check-task.ts';
import { findingsLines } from '../core/task-findings.ts';
import { type Context, withExamples } from './context.ts';

export function checkCommand(context: Context): Command {
  const command = new Command('check')
    .summary('say what is wrong with a task folder, without a run')
    .description(
      'Reads task.yaml and the data as a run would, says every problem with its place, and starts nothing. Without a ' +
        'task.yaml it shows what setup would state by rule.',
    )
    .argument('<folder>', 'folder with task.yaml and its data, or with the data alone')
    .option('--json', 'one JSON object on standard output')
    .action(async (folder: string, options: { json?: true }) => {
      const output = context.output(options);
      const { findings, proposed } = await checkTask(context.config, context.toolchain, folder, output);
      output.record(proposed === null ? findings : { ...findings, proposed: proposed.task });
      if (output.mode === 'json') return;
      if (proposed !== null) {
        output.say(
          `${folder} has no task.yaml. By rule setup would state:`,
          '',
          ...taskLines(proposed.task),
          '',
        );
      }
      output.say(`${folder} is fit for a run:`, ...findingsLines(findings));
    });
  return withExamples(command, [
    'modelwright check ./my-task',
    'exit code 0: a run would take it; 2: it would not',
  ]);
}

/** As the file would say it, so that it can be copied into one. */
function taskLines(task: Task): string[] {
  return yamlText(task)
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`);
}
