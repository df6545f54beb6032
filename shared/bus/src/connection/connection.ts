/** The connection to the server, kept for ever: it reconnects by itself, and says so to who must act on it. */

import type { Logger } from '@modelwright/telemetry';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from 'nats';
import type { BusOptions } from '../bus.ts';
import { PermanentFailure, TransientFailure } from '../failure.ts';
import { inboxPrefixOf } from '../topology/permissions.ts';
import { isAtLeast, OLDEST_SERVER } from '../topology/server-version.ts';

/** How long one request to the server may take before it is in doubt. */
export const REQUEST_MS = 5_000;

export interface Connection {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
  readonly logger: Logger;
  /** Of this process, as given to `connectBus`. */
  readonly name: string;
  /** Subjects under which replies to this user arrive. */
  readonly inboxPrefix: string;
  /** Such as `2.12.9`. */
  readonly serverVersion: string;
  /** Calls back after every reconnection: what the old connection had under way is gone. */
  onReconnect(listener: () => void): Disposable;
  isConnected(): boolean;
}

export async function openConnection(options: BusOptions): Promise<Connection> {
  const nc = await dial(options);
  const serverVersion = nc.info?.version ?? 'unknown';
  const problem = serverProblem(nc, serverVersion);
  if (problem !== null) {
    await nc.close();
    throw problem;
  }
  const js = jetstream(nc, { timeout: REQUEST_MS });
  const jsm = await jetstreamManager(nc, { timeout: REQUEST_MS, checkAPI: false });
  const listeners = new Set<() => void>();
  let connected = true;
  const watching = watchStatus(nc, options.logger, (now) => {
    connected = now;
    if (now) for (const listener of listeners) listener();
  });
  watching.catch((error: unknown) => options.logger.error({ err: error }, 'connection status lost'));
  return {
    nc,
    js,
    jsm,
    logger: options.logger,
    name: options.name,
    inboxPrefix: inboxPrefixOf(options.user ?? null),
    serverVersion,
    onReconnect(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    isConnected: () => connected && !nc.isClosed(),
  };
}

async function dial(options: BusOptions): Promise<NatsConnection> {
  const { user, password } = options;
  try {
    return await connect({
      servers: options.url.split(',').map((server) => server.trim()),
      name: options.name,
      ...(user === undefined ? {} : { user, pass: password ?? '' }),
      inboxPrefix: inboxPrefixOf(user ?? null),
      timeout: REQUEST_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 250,
      waitOnFirstConnect: options.waitForServer ?? true,
      pingInterval: 20_000,
      noAsyncTraces: true,
    });
  } catch (error) {
    throw dialFailure(error, options.url);
  }
}

function dialFailure(cause: unknown, url: string) {
  const message = cause instanceof Error ? cause.message : String(cause);
  return /authorization|authentication/i.test(message)
    ? new PermanentFailure('not-permitted', `The NATS server at ${url} refused the user or password.`, {
        cause,
      })
    : new TransientFailure('bus-away', `No NATS server answers at ${url}: ${message}.`, { cause });
}

function serverProblem(nc: NatsConnection, version: string): PermanentFailure | null {
  if (!isAtLeast(version, OLDEST_SERVER)) {
    return new PermanentFailure(
      'server-too-old',
      `The NATS server is ${version}; Modelwright needs ${OLDEST_SERVER} or newer.`,
    );
  }
  if (nc.info?.jetstream === true) return null;
  return new PermanentFailure('no-jetstream', 'The NATS server runs without JetStream: start it with -js.');
}

async function watchStatus(nc: NatsConnection, logger: Logger, tell: (connected: boolean) => void) {
  for await (const status of nc.status()) {
    if (status.type === 'disconnect') {
      logger.warn({ server: status.server }, 'connection to the bus lost');
      tell(false);
    } else if (status.type === 'reconnect') {
      logger.info({ server: status.server }, 'connected to the bus again');
      tell(true);
    } else if (status.type === 'error') {
      logger.error({ err: status.error }, 'the bus reports an error');
    }
  }
  tell(false);
}

/** In order while the server is there; where it is not, nothing can be sent any more. */
export async function closeConnection({ nc, logger }: Connection): Promise<void> {
  try {
    if (!nc.isClosed()) await nc.drain();
  } catch (error) {
    logger.warn({ err: error }, 'the bus was away when it was left');
    await nc.close();
  }
}
