/**
 * The story of a process: config → logger → bus → topology → handlers → ready → signalled → drained → gone.
 *
 * The first SIGTERM or SIGINT aborts `leaving` and lets what is in hand come to its end; a second one ends the process
 * at once, which must be as safe as a crash.
 */
import { readFile } from 'node:fs/promises';
import { type Bus, connectBus } from '@modelwright/bus';
import { worker } from '@modelwright/contracts';
import { createLogger, type Logger } from '@modelwright/telemetry';
import { type CommonConfig, ConfigError, readConfig } from './config.ts';
import { serveHealth } from './health.ts';
import type { RunningService, ServiceDefinition } from './service.ts';
import { SERVICE_VERSION } from './version.ts';
import { Beacon } from './worker-beacon.ts';

/** Resolves when the process has left in good order; the exit code is set where it did not. */
export async function runService<Extra>(definition: ServiceDefinition<Extra>): Promise<void> {
  const config = configOrExit(definition);
  const logger = createLogger({ service: definition.service, name: config.name, level: config.logLevel });
  const leaving = leavingSignal(logger);
  try {
    await live(definition, config, logger, leaving);
  } catch (error) {
    if (leaving.aborted) return;
    logger.fatal({ err: error }, 'the service cannot go on');
    process.exitCode = 1;
  }
}

async function live<Extra>(
  definition: ServiceDefinition<Extra>,
  config: Readonly<CommonConfig & Extra>,
  logger: Logger,
  leaving: AbortSignal,
): Promise<void> {
  const { service } = definition;
  const health = { ready: false };
  const server = await serveHealth(config.healthPort, health);
  const bus = await connect(`${service} ${config.name}`, config, logger);
  try {
    await (definition.prepare?.({ bus, config, logger }) ?? bus.awaitTopology(leaving));
    const records = bus.records('workers', worker);
    const beacon = new Beacon({ records, service, name: config.name, version: SERVICE_VERSION, logger });
    const running = await definition.start({ bus, config, logger, leaving, worker: beacon });
    await beacon.start();
    health.ready = true;
    logger.info({ server: bus.status().server }, 'ready');
    await leave(running, beacon, leaving);
    logger.info('drained');
  } finally {
    await bus.close();
    server?.close();
  }
}

async function leave(running: RunningService, beacon: Beacon, leaving: AbortSignal): Promise<void> {
  if (!leaving.aborted) {
    await new Promise<void>((resolve) => leaving.addEventListener('abort', () => resolve(), { once: true }));
  }
  await beacon.draining();
  await running.drain();
  await beacon.gone();
}

async function connect(name: string, config: CommonConfig, logger: Logger): Promise<Bus> {
  const password =
    config.natsPasswordFile === null
      ? config.natsPassword
      : (await readFile(config.natsPasswordFile, 'utf8')).trim();
  return await connectBus({
    url: config.natsUrl,
    name,
    logger,
    ...(config.natsUser === null ? {} : { user: config.natsUser }),
    ...(password === null ? {} : { password }),
    ...(config.ackWaitMs === null ? {} : { ackWaitMs: config.ackWaitMs }),
  });
}

function leavingSignal(logger: Logger): AbortSignal {
  const controller = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (controller.signal.aborted) process.exit(1);
    logger.info({ signal }, 'leaving: what is in hand is brought to its end');
    controller.abort(new Error(`the process was told to leave (${signal})`));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return controller.signal;
}

function configOrExit<Extra>(definition: ServiceDefinition<Extra>): Readonly<CommonConfig & Extra> {
  try {
    return readConfig(process.env, definition.extraConfig);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${definition.service}: ${error.message}\n`);
    process.exit(2);
  }
}
