/** `modelwright logs`: the history of a run. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { onInterrupt } from '../adapters/interruption.ts';
import { resolveJob } from '../adapters/resolve-job.ts';
import { type HistoryEntry, RunHistory } from '../adapters/run-history.ts';
import { resolveRun } from '../adapters/run-log.ts';
import { EXIT } from '../core/exit-code.ts';
import { type Context, withExamples } from './context.ts';

interface Options {
  readonly follow?: true;
  readonly job?: string;
  readonly json?: true;
}

export function logsCommand(context: Context): Command {
  const command = new Command('logs')
    .summary('show the history of a run')
    .description(
      "Shows decisions with their reasons, agents' turns, and what programs wrote: output, errors, metrics.",
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('-f, --follow', 'go on until the run ends')
    .option('--job <job>', 'only what this program wrote, and how it ended')
    .option('--json', 'one JSON object a line')
    .action(async (named: string, options: Options) => {
      process.exitCode = await logs(context, named, options);
    });
  return withExamples(
    command,
    ['modelwright logs last', 'all so far'],
    ['modelwright logs -f last', 'until it ends; Ctrl-C stops watching'],
    ['modelwright logs last --job c1_tune_1_1_0', "one program's output, by its id or the end of it"],
  );
}

function logs(context: Context, named: string, options: Options): Promise<number> {
  const output = context.output(options);
  const show = ({ json, lines }: HistoryEntry) => {
    output.record(json);
    if (output.mode !== 'json') output.say(...lines);
  };
  return withBus(context.config, async (bus) => {
    using interruption = onInterrupt();
    const { leaving } = interruption;
    const run = await resolveRun(bus, named);
    const job = options.job === undefined ? null : await resolveJob(bus, run, options.job);
    const history = new RunHistory(bus, run, job);
    const soFar = await history.soFar();
    for (const entry of soFar) show(entry);
    if (options.follow !== true || soFar.some((entry) => entry.isLast)) return EXIT.ok;
    for await (const entry of history.toCome(leaving)) show(entry);
    return leaving.aborted ? EXIT.detached : EXIT.ok;
  });
}
