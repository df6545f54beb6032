/** `modelwright check`: is this task folder fit for a run? */
import { Command } from 'commander';
import { checkTask } from '../adapters/check-task.ts';
import { findingsLines } from '../core/task-findings.ts';
import { type Context, withExamples } from './context.ts';

export function checkCommand(context: Context): Command {
  const command = new Command('check')
    .summary('say what is wrong with a task folder, without a run')
    .description(
      'Reads task.yaml and the data as a run would, says every problem with its place, and starts nothing.',
    )
    .argument('<folder>', 'folder with task.yaml and its data')
    .option('--json', 'one JSON object on standard output')
    .action(async (folder: string, options: { json?: true }) => {
      const output = context.output(options);
      const { findings } = await checkTask(context.config, context.toolchain, folder, output);
      if (findings === null)
        return output.say(`${folder} has no task.yaml: a run would begin by proposing one.`);
      output.record(findings);
      if (output.mode !== 'json') output.say(`${folder} is fit for a run:`, ...findingsLines(findings));
    });
  return withExamples(command, [
    'modelwright check ./my-task',
    'exit code 0: a run would take it; 2: it would not',
  ]);
}
