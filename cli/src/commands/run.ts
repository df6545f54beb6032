/** `modelwright run`: task folder in, proven model out. */
import type { Task } from '@modelwright/contracts';
import { Command, Option } from 'commander';
import { folderToRun } from '../adapters/check-task.ts';
import { ensureUp } from '../adapters/ensure-up.ts';
import { modelsHere } from '../adapters/models-here.ts';
import { runTask } from '../adapters/run-task.ts';
import { choosePlayer, type ModelChoice, type RoleModels } from '../core/model-choice.ts';
import { dollars, positiveNumber, roleModels, wholeNumber } from '../core/options.ts';
import type { Output } from '../core/output.ts';
import { type RunWishes, statedBudget, UNSTATED_MICRO_USD } from '../core/submission.ts';
import { usdText } from '../core/text/quantity.ts';
import { CONFIG_HELP, type Context, withExamples } from './context.ts';

interface Options {
  readonly budgetUsd?: number;
  readonly budgetTokens?: number;
  readonly onCap?: 'finish' | 'pause';
  readonly budgetMinutes?: number;
  readonly candidates?: number;
  readonly trials?: number;
  readonly seed?: number;
  readonly player?: 'playbook' | 'models';
  readonly model?: string;
  readonly roleModel?: RoleModels;
  readonly config?: string;
  readonly clumsy?: true;
  readonly out?: string;
  readonly detach?: true;
  readonly json?: true;
}

export function runCommand(context: Context): Command {
  const command = withPlayers(withBudgets(new Command('run')))
    .summary('turn a task folder into a proven model')
    .description(
      'Checks the task folder, starts the services if none run, submits the run, shows it until its end and writes ' +
        'model, code, scores and submission. Options stand above what task.yaml says. Ctrl-C stops watching; the run ' +
        'goes on.',
    )
    .argument('<folder>', 'folder with task.yaml and its data, or with the data alone')
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
    [
      'modelwright run ./my-task --model gpt --budget-usd 20',
      'a language model in all roles: docs/models.md',
    ],
    ['modelwright run ./my-task --player playbook', 'no language model, though there is a key'],
    ['modelwright run ./my-task --detach', 'print the id; then modelwright logs -f <run>'],
    ['modelwright run ./my-task --json > events.jsonl', 'for programs'],
  );
}

function withBudgets(command: Command): Command {
  return command
    .option('--budget-usd <usd>', 'most that language models may cost', dollars)
    .option('--budget-tokens <n>', 'most tokens of all language models, input and output', wholeNumber(1))
    .addOption(
      new Option(
        '--on-cap <what>',
        'when these are used up: finish with what there is, or pause and ask',
      ).choices(['finish', 'pause']),
    )
    .option('--budget-minutes <minutes>', 'most wall-clock time', positiveNumber)
    .option('--candidates <n>', 'candidates besides the floor', wholeNumber(1))
    .option('--trials <n>', 'trainings per candidate', wholeNumber(1))
    .option('--seed <n>', 'everything random is derived from it', wholeNumber(0));
}

function withPlayers(command: Command): Command {
  return command
    .addOption(
      new Option('--player <who>', 'who plays the roles (default: models where one has its key)').choices([
        'playbook',
        'models',
      ]),
    )
    .option('--model <name>', 'one model for all roles')
    .option(
      '--role-model <role=name>',
      'models of one role, the first to be asked first: designer=gpt,local',
      roleModels,
    )
    .option('--config <file>', CONFIG_HELP)
    .option('--clumsy', 'the playbook plants bugs of its own, to be found and mended');
}

async function run(context: Context, named: string, options: Options): Promise<number> {
  const output = context.output(options);
  const choice = choosePlayer(options, await modelsHere(context.config, options));
  const byModels = choice.player.kind === 'models';
  const folder = await folderToRun(context, named, { output, byModels });
  tellChoice(output, choice, { task: folder.task, wishes: options });
  await ensureUp(context.config, context.toolchain, { source: options, output });
  const ended = await runTask(context.config, folder, {
    wishes: options,
    player: choice.player,
    out: options.out ?? null,
    detach: options.detach === true,
    output,
  });
  return ended.exitCode;
}

/** What was decided for the user is said before it costs anything. */
function tellChoice(
  output: Output,
  { player, notes, warnings }: ModelChoice,
  { task, wishes }: { readonly task: Task | null; readonly wishes: RunWishes },
): void {
  output.note(...notes);
  if (warnings.length > 0) output.warn(...warnings);
  if (player.kind === 'playbook' || statedBudget(task, wishes) !== null) return;
  output.note(
    `They may cost ${usdText(UNSTATED_MICRO_USD)}, since no budget is stated (--budget-usd, budget.usd).`,
  );
}
