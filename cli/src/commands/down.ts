/** `modelwright down`: ends what `up` started. */
import { Command } from 'commander';
import { takeDown } from '../adapters/farm/down.ts';
import { runningPrograms } from '../adapters/workers.ts';
import { countText } from '../core/text/quantity.ts';
import { type Context, withExamples } from './context.ts';

export function downCommand(context: Context): Command {
  const command = new Command('down')
    .summary('stop the services and nats-server')
    .description(
      'Asks the services that `up` started to hand over what they hold, then stops nats-server. Runs are not lost: ' +
        'they go on at the next `up`. Only processes that `up` recorded are touched.',
    )
    .option('--kill', 'kill them at once')
    .action(async (options: { kill?: true }) => {
      process.exitCode = await down(context, options.kill === true);
    });
  return withExamples(
    command,
    ['modelwright down', 'stop everything here'],
    ['modelwright down --kill', 'when something hangs'],
  );
}

async function down(context: Context, kill: boolean): Promise<number> {
  const output = context.output({});
  const programs = await runningPrograms(context.config);
  const { stopped, killed } = await takeDown(context.config, { kill });
  if (stopped.length === 0) {
    output.say('nothing is running here');
    return 0;
  }
  output.say(`stopped: ${stopped.join(', ')}`);
  if (killed.length > 0 && !kill) output.warn(`did not end in time and were killed: ${killed.join(', ')}`);
  if (programs.length > 0) {
    output.warn(
      `${countText(programs.length, 'program')} may go on under their supervisors and are taken up again at the next up.`,
      'To end them: modelwright up, then modelwright cancel <run>.',
    );
  }
  return 0;
}
