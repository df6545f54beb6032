/** The connection of a command to the bus: the server named by NATS_URL, or the one `up` started. */
import { type Bus, type BusUser, connectBus } from '@modelwright/bus';
import { createLogger, type Logger } from '@modelwright/telemetry';
import type { Config } from '../config.ts';
import { unavailable } from '../core/problem.ts';
import { StateFolder } from './state-folder.ts';

/** The user of the own server the command line connects as. */
export const CLI_USER = 'cli';

/** Connects, hands the bus over, and disconnects however the work ends. */
export async function withBus<Result>(
  config: Config,
  work: (bus: Bus) => Promise<Result>,
  user: BusUser = CLI_USER,
): Promise<Result> {
  const bus = await openBus(config, user);
  try {
    return await work(bus);
  } finally {
    await bus.close();
  }
}

/** @param user Of the own server; on another it is whom NATS_USER names. */
export async function openBus(config: Config, user: BusUser = CLI_USER): Promise<Bus> {
  const address = config.outside ?? (await ownServer(config, user));
  return connectBus({
    url: address.url,
    ...(address.user === null ? {} : { user: address.user }),
    ...(address.password === null ? {} : { password: address.password }),
    name: `modelwright-cli-${process.pid}`,
    logger: quietLogger(),
    ...(config.content === null ? {} : { content: config.content }),
    waitForServer: false,
  });
}

async function ownServer(config: Config, user: BusUser) {
  const state = new StateFolder(config.home);
  const recorded = await state.readProcesses();
  if (recorded === null) {
    throw unavailable({
      message: `nothing is running here (state folder ${config.home})`,
      remedy: 'Start the services: modelwright up\nOr name a server: NATS_URL=nats://host:4222 modelwright …',
    });
  }
  return recorded.server === null
    ? { url: recorded.natsUrl, user: null, password: null }
    : { url: recorded.natsUrl, user, password: await state.password(user) };
}

/** What the bus has to say is for services' logs; a command tells its user by its own words. */
function quietLogger(): Logger {
  return createLogger({ service: 'cli', name: String(process.pid), level: 'silent' });
}
