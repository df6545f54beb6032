/** `modelwright replay`: would this program do again what the record says it did? */
import { createLogger } from '@modelwright/telemetry';
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { webHere } from '../adapters/models-here.ts';
import { resolveRun } from '../adapters/run-log.ts';
import { EXIT } from '../core/exit-code.ts';
import { isSame, replayLines } from '../core/run-replayed.ts';
import { CONFIG_HELP, type Context, withExamples } from './context.ts';

interface Options {
  readonly config?: string;
  readonly json?: true;
}

export function replayCommand(context: Context): Command {
  const command = new Command('replay')
    .summary('make the decisions of a run again, from its record')
    .description(
      'Makes every decision of a run again from the message that caused it, and takes every agent through its transcript ' +
        'again: same prompts, same limits, same steps. Asks no model, needs no key, trains nothing. The first step of each ' +
        'that comes out otherwise is shown: after a change of prompts or rules that is what it has changed.',
    )
    .argument('<run>', 'the id of a run, its beginning, or "last"')
    .option('--config <file>', CONFIG_HELP)
    .option('--json', 'one JSON object')
    .action(async (named: string, options: Options) => {
      process.exitCode = await replay(context, named, options);
    });
  return withExamples(
    command,
    ['modelwright replay last', 'exit code 0: the same decisions; 1: a divergence'],
    ['modelwright replay last --json | jq .same', 'for programs'],
  );
}

/**
 * On the own server the manager's user reads for it: a setup agent was told of the user's whole folder, which nobody else
 * may read there. Nothing is written.
 */
async function replay(context: Context, named: string, options: Options): Promise<number> {
  const { config } = context;
  const output = context.output(options);
  // Loaded here alone: it brings all agents along.
  const { replayRun } = await import('../adapters/replay/replay-run.ts');
  const site = {
    web: await webHere(config, options),
    cpus: Number(config.inherited['AGENT_JOB_CPUS'] ?? 1),
    logger: createLogger({ service: 'cli', name: 'replay', level: 'silent' }),
  };
  return withBus(
    config,
    async (bus) => {
      const replayed = await replayRun(bus, await resolveRun(bus, named), site);
      const same = isSame(replayed);
      output.record({ same, ...replayed });
      if (output.mode !== 'json') output.say(...replayLines(replayed));
      return same ? EXIT.ok : EXIT.failed;
    },
    'manager',
  );
}
