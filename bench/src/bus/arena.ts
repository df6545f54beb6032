/**
 * Where the contests take place: one server, configured as `modelwright up` configures it, with our streams and
 * consumers, and for each contestant a connection of its own as the same user.
 */
import { type Bus, connectBus, natsConfig } from '@modelwright/bus';
import { createLogger } from '@modelwright/telemetry';
import { startNatsServer } from '@modelwright/testing';
import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from 'nats';
import { onInterruption } from '../interruption.ts';

export interface Arena extends AsyncDisposable {
  /** Such as `2.14.5`. */
  readonly serverVersion: string;
  /** Without credentials. */
  readonly url: string;
  readonly bus: Bus;
  readonly raw: RawClient;
  /** A connection more, as another process would have it: `close` it. */
  connect(): Promise<Bus>;
  connectRaw(): Promise<RawClient>;
  /** An id that was not used before. */
  newId(): string;
}

export interface RawClient {
  readonly nc: NatsConnection;
  readonly js: JetStreamClient;
  readonly jsm: JetStreamManager;
}

const user = 'manager';
export const PASSWORD = 'bench';
const password = PASSWORD;
const passwords = {
  manager: password,
  designer: password,
  coder: password,
  tuner: password,
  runner: password,
  cli: password,
};
/** Of the sizes of streams: small enough for any disk. */
const SMALL = 0.05;

/** @param syncAlways Whether every message is flushed to disk before it is acknowledged. */
export async function openArena(syncAlways: boolean, scale = SMALL): Promise<Arena> {
  await using stack = new AsyncDisposableStack();
  const config = (place: { port: number; storeDir: string }) =>
    natsConfig({ ...place, syncAlways, scale, passwords });
  const server = stack.use(await startNatsServer({ config }));
  const logger = createLogger({ service: 'bench', name: 'bench', level: 'silent' });
  const open = () => connectBus({ url: server.url, user, password, name: 'bench', logger });
  const bus = await open();
  stack.defer(() => bus.close());
  await bus.applyTopology({ scale });
  const raw = await openRawClient(server.url);
  stack.defer(() => raw.nc.drain());
  const held = stack.move();
  const interruption = onInterruption(() => held.disposeAsync());
  let drawn = 0;
  const newId = () => {
    drawn += 1;
    return `bench-${drawn}`;
  };
  return {
    serverVersion: server.version,
    url: server.url,
    bus,
    raw,
    connect: open,
    connectRaw: () => openRawClient(server.url),
    newId,
    [Symbol.asyncDispose]: async () => {
      interruption[Symbol.dispose]();
      await held.disposeAsync();
    },
  };
}

async function openRawClient(servers: string): Promise<RawClient> {
  const options = { servers, user, pass: password, inboxPrefix: `_INBOX_${user}`, noAsyncTraces: true };
  const nc = await connect(options);
  return { nc, js: jetstream(nc), jsm: await jetstreamManager(nc) };
}
