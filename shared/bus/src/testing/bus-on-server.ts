/** A server of its own for a test file, with the topology applied and a bus opened. */
import { type NatsServerProcess, type ServerUnderTest, startNatsServer } from '@modelwright/testing';
import type { Bus, BusOptions, TopologyOptions } from '../index.ts';
import { openBus } from './open-bus.ts';

/** Small enough for any machine's disk. */
const SCALE: TopologyOptions = { scale: 0.05 };

export interface BusOnServer extends AsyncDisposable {
  readonly server: NatsServerProcess;
  readonly bus: Bus;
  /** Another connection, closed with the rest. */
  open(options?: Partial<BusOptions> & { readonly url?: string }): Promise<Bus>;
  /** Kills the server as a power cut would, and starts it again. */
  crash(): Promise<void>;
}

export async function busOnServer(
  { binary }: ServerUnderTest,
  options: Partial<BusOptions> = {},
): Promise<BusOnServer> {
  const server = await startNatsServer({ binary });
  const buses: Bus[] = [];
  const open = async (more: Partial<BusOptions> = {}) => {
    const bus = await openBus(more.url ?? server.url, { ...options, ...more });
    buses.push(bus);
    return bus;
  };
  const bus = await open();
  await bus.applyTopology(SCALE);
  return {
    server,
    bus,
    open,
    async crash() {
      await server.kill();
      await server.restart();
    },
    async [Symbol.asyncDispose]() {
      try {
        await Promise.all(buses.map((one) => one.close()));
      } finally {
        await server.stop();
      }
    },
  };
}
