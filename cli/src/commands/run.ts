/** `modelwright run`: task folder in, proven model out. */
import { Command } from 'commander';
import { checkTask } from '../adapters/check-task.ts';
import { ensureUp } from '../adapters/ensure-up.ts';
import { runTask } from '../adapters/run-task.ts';
import { dollars, positiveNumber, wholeNumber } from '../core/options.ts';
import { type Context, withExamples } from './context.ts';

interface Options {
  readonly budgetUsd?: number;
  readonly budgetMinutes?: number;
  readonly candidates?: number;
  readonly trials?: number;
  readonly seed?: number;
  readonly clumsy?: true;
  readonly out?: string;
  readonly detach?: true;
  readonly json?: true;
}

export function runCommand(context: Context): Command {
  const command = new Command('run')
    .summary('turn a task folder into a proven model')
    .description(
      'Checks the task folder, starts the services if none run, submits the run, shows it until its end and writes ' +
        'model, code, scores and submission. Options stand above what task.yaml says. Ctrl-C stops watching; the run ' +
        'goes on.',
    )
    .argument('<folder>', 'folder with task.yaml and its data')
    .option('--budget-usd <usd>', 'most that language models may cost', dollars)
    .option('--budget-minutes <minutes>', 'most wall-clock time', positiveNumber)
    .option('--candidates <n>', 'candidates besides the floor', wholeNumber(1))
    .option('--trials <n>', 'trainings per candidate', wholeNumber(1))
    .option('--seed <n>', 'everything random is derived from it', wholeNumber(0))
    .option('--clumsy', 'the playbook plants bugs of its own, to be found and mended')
    .option('--out <folder>', 'where the results go (default: results/<run>)')
    .option('--detach', 'submit, print the id of the run, and return')
    .option('--json', 'NDJSON on standard output, messages on standard error')
    .action(async (folder: string, options: Options) => {
      process.exitCode = await run(context, folder, options);
    });
  return withExamples(
    command,
    ['modelwright run examples/digits', 'the budget as task.yaml states it'],
    ['modelwright run ./my-task --budget-minutes 60 --candidates 7', 'more time, more candidates'],
    ['modelwright run ./my-task --detach', 'print the id; then modelwright logs -f <run>'],
    ['modelwright run ./my-task --json > events.jsonl', 'for programs'],
  );
}

async function run(context: Context, named: string, options: Options): Promise<number> {
  const output = context.output(options);
  const { folder } = await checkTask(context.config, context.toolchain, named, output);
  await ensureUp(context.config, context.toolchain, output);
  const ended = await runTask(context.config, folder, {
    wishes: options,
    out: options.out ?? null,
    detach: options.detach === true,
    output,
  });
  return ended.exitCode;
}
