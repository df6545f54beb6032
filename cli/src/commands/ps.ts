/** `modelwright ps`: the processes. */

import type { Worker } from '@modelwright/contracts';
import { Command } from 'commander';
import { withBus } from '../adapters/bus.ts';
import { type Farm, lookAtFarm } from '../adapters/farm/farm.ts';
import { residentBytes } from '../adapters/process-table.ts';
import { readWorkers } from '../adapters/workers.ts';
import { farmLines, farmRows, type LocalProcess } from '../core/farm-rows.ts';
import type { Output } from '../core/output.ts';
import { type Context, withExamples } from './context.ts';

export function psCommand(context: Context): Command {
  const command = new Command('ps')
    .summary('show the processes')
    .description(
      'Shows nats-server and the services: state, age, memory; for runners slots, load and isolation.',
    )
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: true }) => {
      process.exitCode = await ps(context, context.output(options));
    });
  return withExamples(
    command,
    ['modelwright ps', 'what runs here, and elsewhere on the same server'],
    ['modelwright ps --json', 'for programs'],
  );
}

async function ps(context: Context, output: Output): Promise<number> {
  const farm = await lookAtFarm(context.config);
  if (farm.recorded === null && context.config.outside === null) {
    output.say('nothing is running here; modelwright up starts it');
    return 0;
  }
  const workers = await workersIfReachable(context, farm, output);
  const rows = farmRows(await localProcesses(farm), workers, Date.now());
  if (output.mode === 'json') for (const row of rows) output.record(row);
  else if (rows.length === 0) output.say('no services are known here');
  else output.say(...farmLines(rows));
  return 0;
}

/** Null, and said, when the bus does not answer: the processes can be shown all the same. */
async function workersIfReachable(context: Context, farm: Farm, output: Output): Promise<Worker[] | null> {
  if (farm.server === null && farm.recorded?.server != null) {
    output.warn('nats-server is not running; modelwright up starts it again');
    return null;
  }
  try {
    return await withBus(context.config, readWorkers);
  } catch (error) {
    output.warn(`the bus does not answer: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}

function localProcesses(farm: Farm): Promise<LocalProcess[]> {
  const server = farm.recorded?.server ?? null;
  const all = [
    ...(server === null
      ? []
      : [
          {
            ...server,
            service: 'nats-server',
            name: `nats-server ${server.version}`,
            alive: farm.server !== null,
            note: `port ${server.port}`,
          },
        ]),
    ...farm.alive.map((one) => ({ ...one, alive: true, note: '' })),
    ...farm.dead.map((one) => ({ ...one, alive: false, note: '' })),
  ];
  return Promise.all(
    all.map(async (one) => ({ ...one, memoryBytes: one.alive ? await residentBytes(one.pid) : null })),
  );
}
