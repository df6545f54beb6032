/** `modelwright cancel`: ends a run. */
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { cancelRun } from '../adapters/cancel-run.ts';
import { resolveRun } from '../adapters/run-log.ts';
import { type Context, withExamples } from './context.ts';

export function cancelCommand(context: Context): Command {
  const command = new Command('cancel')
    .summary('end a run')
    .description(
      'Ends a run and its programs. What it has come to so far is kept: modelwright results <run>.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--reason <words>', 'kept in the history', 'cancelled by the user')
    .action(async (named: string, options: { reason: string }) => {
      const output = context.output({});
      await withBus(context.config, async (bus) => {
        const run = await resolveRun(bus, named);
        output.say(await cancelRun(bus, run, options.reason));
      });
    });
  return withExamples(
    command,
    ['modelwright cancel last', 'the newest run'],
    ['modelwright cancel digits-k3f9x2-07 --reason "wrong data"', 'with the reason in its history'],
  );
}
