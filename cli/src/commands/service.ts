/** `modelwright manager` and its like: one service in the foreground, in place of this process. */
import { Command } from 'commander';
import { becomeService } from '../adapters/farm/become-service.ts';
import type { ServiceName } from '../core/farm-plan.ts';
import { type Context, withExamples } from './context.ts';

const PURPOSES: Readonly<Record<ServiceName, string>> = {
  manager: 'leads runs: decides, grades, delivers',
  designer: 'plans candidates',
  coder: 'writes candidates',
  tuner: 'trains and tunes candidates',
  'gpu-runner': 'executes programs in sandboxes',
};

export function serviceCommand(context: Context, service: ServiceName): Command {
  const command = new Command(service)
    .summary(`start one ${service} here: ${PURPOSES[service]}`)
    .description(
      `Starts one ${service} in the foreground, until a signal. It ${PURPOSES[service]}. ` +
        'It connects to NATS_URL (NATS_USER, NATS_PASSWORD or NATS_PASSWORD_FILE), or to the nats-server that ' +
        '`modelwright up` started here.',
    )
    .option('--name <name>', 'lasting name of this process among those of its service')
    .action(async (options: { name?: string }) => {
      await becomeService(context.config, context.toolchain, { service, name: options.name ?? null });
    });
  return withExamples(
    command,
    [`modelwright ${service}`, 'beside those that up started'],
    [`NATS_URL=nats://farm:4222 modelwright ${service}`, 'on a farm'],
  );
}
