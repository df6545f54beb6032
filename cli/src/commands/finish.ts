/** `modelwright finish`: delivers the best so far, now. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { finishRun } from '../adapters/finish-run.ts';
import { resolveRun } from '../adapters/run-log.ts';
import { type Context, withExamples } from './context.ts';

export function finishCommand(context: Context): Command {
  const command = new Command('finish')
    .summary('deliver the best so far, now')
    .description(
      'Ends the search of a run and delivers the best candidate so far: refitted on all labelled rows, packaged, and proved in a fresh environment. Where nothing is scored yet, the first candidate that is scored is delivered.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--no-refit', 'deliver the model as it was scored, without training it on all labelled rows')
    .option('--reason <words>', 'kept in the history', 'asked for by the user')
    .action(async (named: string, options: { reason: string; refit: boolean }) => {
      const output = context.output({});
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        output.say(await finishRun(bus, run, options));
      });
    });
  return withExamples(
    command,
    ['modelwright finish last', 'the newest run'],
    ['modelwright finish digits-k3f9x2-07 --no-refit', 'as soon as possible'],
  );
}
