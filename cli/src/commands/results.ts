/** `modelwright results`: what a run has come to, as files. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { resolveRun } from '../adapters/run-log.ts';
import { deliver, resultsFolder, shownFolder } from '../adapters/run-task.ts';
import { type Context, withExamples } from './context.ts';

export function resultsCommand(context: Context): Command {
  const command = new Command('results')
    .summary('write the files of a run')
    .description(
      'Writes model, code, submission, manifest, history and candidates of a run into a folder. Of a run that has ' +
        'not ended, or has failed, it writes what there is.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--out <folder>', 'where to (default: results/<run>)')
    .option('--json', 'one JSON object on standard output, messages on standard error')
    .action(async (named: string, options: { out?: string; json?: true }) => {
      const output = context.output(options);
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        const folder = resultsFolder(context.config, run, options.out ?? null);
        const view = await deliver(bus, run, { folder, shown: shownFolder(context.config, folder), output });
        if (view.end === null) output.warn('The run has not ended: this is what there is so far.');
      });
    });
  return withExamples(
    command,
    ['modelwright results last', 'into results/<run>'],
    ['modelwright results digits-k3f9x2-07 --out ~/digits', 'somewhere else'],
  );
}
