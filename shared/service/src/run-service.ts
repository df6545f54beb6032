/**
 * The story of a process:
 *
 *   config → logger → bus → topology → content → start → ready ──SIGTERM──▶ leaving → drain → gone → exit 0
 *
 * Exit codes: 0 left in order; 1 something failed, or asked to leave twice; 2 the environment is not right.
 */
import { type Bus, connectBus, TransientFailure } from '@modelwright/bus';
import { worker } from '@modelwright/contracts';
import { createLogger, type Logger, secretsIn } from '@modelwright/telemetry';
import { Beacon } from './beacon.ts';
import { type CommonConfig, ConfigError, readConfig } from './config.ts';
import { serveHealth } from './health.ts';
import type { ServiceDefinition } from './service.ts';
import { listenForLeaving } from './signals.ts';

const FAILED = 1;
const MISCONFIGURED = 2;

/** Runs a service until it is asked to leave, and ends the process. */
export async function runService<Extra>(definition: ServiceDefinition<Extra>): Promise<never> {
  const config = configOrExit(definition);
  const logger = createLogger({
    service: definition.service,
    name: config.name,
    level: config.logLevel,
    pretty: config.logPretty,
    secrets: secretsIn(process.env),
  });
  const die = (error: unknown) => {
    logger.fatal({ err: error }, error instanceof Error ? error.message : 'failed');
    process.exit(FAILED);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
  const leaving = listenForLeaving(logger);
  try {
    await live(definition, { config, logger, leaving });
    logger.info('left in order');
    return process.exit(0);
  } catch (error) {
    // Asked to leave before there was anything to drain.
    if (leaving.aborted && error === leaving.reason) return process.exit(0);
    return die(error);
  }
}

interface Life<Extra> {
  readonly config: Readonly<CommonConfig & Extra>;
  readonly logger: Logger;
  readonly leaving: AbortSignal;
}

async function live<Extra>(definition: ServiceDefinition<Extra>, life: Life<Extra>): Promise<void> {
  const { config, logger, leaving } = life;
  let waitsFor: string | null = 'the bus';
  let bus: Bus | null = null;
  const readiness = () => waitsFor ?? (bus?.status().connected === true ? null : 'the bus');
  await using _health = config.healthPort === 0 ? null : await serveHealth(config.healthPort, readiness);

  bus = await unless(leaving, connect(config, logger));
  logger.info({ server: bus.status().server }, 'connected to the bus');
  waitsFor = 'the topology';
  await (definition.prepare?.({ bus, config, logger }) ?? bus.awaitTopology(leaving));

  waitsFor = 'the place of content';
  await unless(leaving, lookForContent(bus, logger));

  const beacon = new Beacon(
    { service: definition.service, name: config.name },
    bus.records('workers', worker),
    logger,
  );
  waitsFor = 'the service to start';
  const running = await definition.start({ bus, config, logger, leaving, worker: beacon });
  beacon.begin();
  waitsFor = null;
  logger.info('ready');

  await unlessClosed(bus, aborted(leaving));
  waitsFor = 'nothing: it is leaving';
  beacon.draining();
  await running.drain();
  await beacon.gone();
  await bus.close();
}

function configOrExit<Extra>({ service, extraConfig }: ServiceDefinition<Extra>) {
  try {
    return readConfig(service, extraConfig, process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(MISCONFIGURED);
  }
}

const connect = (config: CommonConfig, logger: Logger) =>
  connectBus({
    url: config.natsUrl,
    ...(config.natsUser === null ? {} : { user: config.natsUser }),
    ...(config.natsPassword === null ? {} : { password: config.natsPassword }),
    name: config.name,
    logger,
    ...(config.content === null ? {} : { content: config.content }),
    ...(config.ackWaitMs === null ? {} : { ackWaitMs: config.ackWaitMs }),
  });

/** A place that is wrong ends the process before it takes any work; one that is away now is waited for by the work itself. */
async function lookForContent(bus: Bus, logger: Logger): Promise<void> {
  try {
    const place = await bus.contentPlace();
    if (place !== 'nats:') logger.info({ place }, 'content is kept outside the bus');
  } catch (error) {
    if (!(error instanceof TransientFailure)) throw error;
    logger.warn({ err: error }, 'content cannot be reached now: what needs it waits');
  }
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Rejects with the signal's reason when it comes first. */
const unless = <T>(signal: AbortSignal, awaited: Promise<T>): Promise<T> =>
  Promise.race([awaited, aborted(signal).then(() => Promise.reject(signal.reason))]);

/** A connection that is closed for good while work goes on is the end: the password was changed, say. */
const unlessClosed = <T>(bus: Bus, awaited: Promise<T>): Promise<T> =>
  Promise.race([
    awaited,
    bus
      .closed()
      .then((reason) => Promise.reject(reason ?? new Error('the connection to the bus was closed'))),
  ]);
