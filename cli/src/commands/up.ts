/** `modelwright up`: nats-server and all services of this machine. */
import { Command } from 'commander';
import { stayInForeground, toldToLeave } from '../adapters/farm/foreground.ts';
import { bringUp } from '../adapters/farm/up.ts';
import type { Counts } from '../core/farm-plan.ts';
import { portNumber, wholeNumber } from '../core/options.ts';
import { tellUp } from '../core/up-text.ts';
import { CONFIG_HELP, type Context, withExamples } from './context.ts';

interface Options {
  readonly foreground?: true;
  readonly managers?: number;
  readonly designers?: number;
  readonly coders?: number;
  readonly tuners?: number;
  readonly runners?: number;
  readonly slots?: number;
  readonly port?: number;
  readonly config?: string;
}

export function upCommand(context: Context): Command {
  const command = new Command('up')
    .summary('start nats-server and the services')
    .description(
      'Starts nats-server (unless NATS_URL names one) and the five services, in the background. ' +
        'What already runs is left alone; what died is started again, and so are services whose models were configured ' +
        'otherwise since: their work goes on where it was.',
    )
    .option('--managers <n>', 'processes that lead runs (default: as before, else 1)', wholeNumber(1))
    .option('--designers <n>', 'processes that plan candidates', wholeNumber(1))
    .option('--coders <n>', 'processes that write candidates', wholeNumber(1))
    .option('--tuners <n>', 'processes that train candidates', wholeNumber(1))
    .option('--runners <n>', 'processes that execute programs', wholeNumber(1))
    .option('--slots <n>', 'trainings at once per runner (default: cores)', wholeNumber(1))
    .option('--port <port>', 'port of nats-server on 127.0.0.1 (default: 4222, or a free one)', portNumber)
    .option('--config <file>', CONFIG_HELP)
    .option('--foreground', 'stay, with all logs here, until a signal; for containers')
    .action(async (options: Options) => {
      process.exitCode = await up(context, options);
    });
  return withExamples(
    command,
    ['modelwright up', 'one process of each service'],
    ['modelwright up --coders 3 --tuners 2 --runners 2', 'more of those that have the most to do'],
    ['NATS_URL=nats://farm:4222 modelwright up', 'services only, on a server that runs elsewhere'],
  );
}

async function up(context: Context, options: Options): Promise<number> {
  const output = context.output({});
  const foreground = options.foreground === true;
  const leaving = foreground ? toldToLeave() : null;
  const outcome = await bringUp(context.config, context.toolchain, {
    counts: statedCounts(options),
    slots: options.slots ?? null,
    port: options.port ?? null,
    foreground,
    source: options,
  });
  output.say(...tellUp(outcome));
  if (leaving !== null) return stayInForeground(context.config, outcome.processes, { leaving, output });
  if (outcome.started.length > 0) output.say('Next: modelwright run <folder>   Stop: modelwright down');
  return 0;
}

function statedCounts(options: Options): Partial<Counts> {
  const stated = {
    manager: options.managers,
    designer: options.designers,
    coder: options.coders,
    tuner: options.tuners,
    'gpu-runner': options.runners,
  };
  return Object.fromEntries(Object.entries(stated).filter(([, count]) => count !== undefined));
}
