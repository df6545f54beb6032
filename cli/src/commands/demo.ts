/** `modelwright demo`: the examples, from nothing to proven models. */
import { relative } from 'node:path';
import { join } from 'node:path/posix';
import { Command } from 'commander';
import { checkTask } from '../adapters/check-task.ts';
import { ensureUp } from '../adapters/ensure-up.ts';
import { takeDown } from '../adapters/farm/down.ts';
import { type RunEnding, runTask } from '../adapters/run-task.ts';
import { EXIT } from '../core/exit-code.ts';
import { columnsText } from '../core/text/columns.ts';
import { scoreText } from '../core/text/score.ts';
import { type Context, withExamples } from './context.ts';

const FIRST = 'digits';
const ALL = [FIRST, 'breast-cancer', 'diabetes'];

/** No key is needed, and none is used: what it shows is the same everywhere. */
const PLAYBOOK = { kind: 'playbook', clumsy: false } as const;

interface Options {
  readonly all?: true;
  readonly keep?: true;
  readonly json?: true;
}

export function demoCommand(context: Context): Command {
  const command = new Command('demo')
    .summary('see it work on an example')
    .description(
      'Runs examples/digits and shows what comes out: no key and no GPU needed. Services that it had to start are ' +
        'stopped again at the end.',
    )
    .option('--all', 'all three examples, one after the other')
    .option('--keep', 'leave the services running')
    .option('--json', 'NDJSON on standard output, messages on standard error')
    .action(async (options: Options) => {
      process.exitCode = await demo(context, options);
    });
  return withExamples(
    command,
    ['modelwright demo', 'about a minute on two cores'],
    ['modelwright demo --all', 'digits, breast-cancer, diabetes'],
  );
}

async function demo(context: Context, options: Options): Promise<number> {
  const { config, toolchain } = context;
  const output = context.output(options);
  const endings: RunEnding[] = [];
  const started = await ensureUp(config, toolchain, { source: {}, output });
  for (const name of options.all === true ? ALL : [FIRST]) {
    const path = join(relative(config.cwd, config.root) || '.', 'examples', name);
    const { folder } = await checkTask(config, toolchain, path, output);
    const ending = await runTask(config, folder, {
      wishes: {},
      player: PLAYBOOK,
      out: null,
      detach: false,
      output,
    });
    endings.push(ending);
    // Left by Ctrl-C: the run goes on, so its services must too.
    if (ending.exitCode === EXIT.detached) return ending.exitCode;
  }
  if (options.all === true) output.say('', ...table(endings));
  if (started && options.keep !== true) {
    await takeDown(config, { kill: false });
    output.note('', 'The services that the demo had started are stopped.');
  }
  output.note('Your own data: npx modelwright run <folder> (docs/task.md says what goes in)');
  return endings.find((ending) => ending.exitCode !== EXIT.ok)?.exitCode ?? EXIT.ok;
}

function table(endings: readonly RunEnding[]): string[] {
  return columnsText(
    [{ title: 'run' }, { title: 'outcome' }, { title: 'metric' }, { title: 'score' }, { title: 'holdout' }],
    endings.map(({ run, view }) => {
      const winner = view?.candidates.find((candidate) => candidate.id === view.delivery.winner?.candidate);
      const holdout = view?.delivery.holdout;
      return [
        run,
        view?.end?.outcome ?? '',
        view?.task?.metric ?? '',
        winner?.score == null ? '' : scoreText(winner.score),
        holdout?.kind === 'opened' ? scoreText(holdout.score) : '',
      ];
    }),
  );
}
