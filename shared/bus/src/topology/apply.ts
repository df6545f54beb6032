/**
 * Brings the server to the planned shape. Idempotent: what is as planned is left alone, so two managers may apply it
 * at once and a second application changes nothing.
 */
import type { TopologyOptions } from '../bus.ts';
import { API_CODE, apiCodeOf } from '../connection/bus-failure.ts';
import type { Connection } from '../connection/connection.ts';
import { persist } from '../connection/persist.ts';
import { PermanentFailure } from '../failure.ts';
import { BUCKETS, STORES } from './buckets.ts';
import { allConsumers } from './consumers.ts';
import { type ConsumerPlan, consumerConfig, type StreamPlan, streamConfig } from './plan.ts';
import { STREAMS } from './streams.ts';

export async function applyTopology(
  connection: Connection,
  ackWaitMs: number | undefined,
  options: TopologyOptions,
): Promise<string[]> {
  const changes: string[] = [];
  for (const plan of [...STREAMS, ...BUCKETS, ...STORES]) {
    changes.push(...(await applyStream(connection, plan, options)));
  }
  changes.push(...(await applyConsumers(connection, allConsumers(ackWaitMs))));
  return changes;
}

export async function applyConsumers(
  connection: Connection,
  plans: readonly ConsumerPlan[],
): Promise<string[]> {
  const changes: string[] = [];
  for (const plan of plans) changes.push(...(await applyConsumer(connection, plan)));
  return changes;
}

function applyStream(connection: Connection, plan: StreamPlan, options: TopologyOptions): Promise<string[]> {
  const { streams } = connection.jsm;
  const wanted = streamConfig(plan, options.scale ?? 1, options.replicas ?? 1);
  return bring(connection, `stream ${plan.name}`, {
    wanted,
    find: async () => (await nullWhen(streams.info(plan.name), API_CODE.streamNotFound))?.config ?? null,
    add: () => streams.add(wanted),
    update: () => streams.update(plan.name, wanted),
  });
}

function applyConsumer(connection: Connection, { stream, name, ...plan }: ConsumerPlan): Promise<string[]> {
  const { consumers } = connection.jsm;
  const wanted = consumerConfig({ stream, name, ...plan });
  return bring(connection, `consumer ${name}`, {
    wanted,
    find: async () =>
      (await nullWhen(consumers.info(stream, name), API_CODE.consumerNotFound))?.config ?? null,
    add: () => consumers.add(stream, wanted),
    update: () => consumers.update(stream, name, wanted),
  });
}

interface Managed {
  readonly wanted: object;
  find(): Promise<object | null>;
  add(): Promise<unknown>;
  update(): Promise<unknown>;
}

/** Looks, makes or changes; every step may be repeated when its answer was lost. */
function bring(connection: Connection, what: string, managed: Managed): Promise<string[]> {
  return persist(connection, `look at ${what}`, async () => {
    try {
      const existing = await managed.find();
      if (existing === null) {
        await managed.add();
        return [`${what} created`];
      }
      const differing = differences(existing, managed.wanted);
      if (differing.length === 0) return [];
      await managed.update();
      return [`${what} changed: ${differing.join(', ')}`];
    } catch (error) {
      throw explained(error, what);
    }
  });
}

/** Names of the planned settings that the server has otherwise. It omits what is zero, false or -1. */
function differences(existing: object, wanted: object): string[] {
  const have = new Map<string, unknown>(Object.entries(existing));
  return Object.entries(wanted)
    .filter(([key, value]) => settled(have.get(key)) !== settled(value))
    .map(([key]) => key);
}

const settled = (value: unknown) =>
  value === undefined || value === 0 || value === -1 || value === false ? 'off' : JSON.stringify(value);

async function nullWhen<T>(asked: Promise<T>, code: number): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (apiCodeOf(error) === code) return null;
    throw error;
  }
}

/** The server's own refusals in words; anything else as it is. */
function explained(cause: unknown, what: string): unknown {
  const code = apiCodeOf(cause);
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (code === null) return cause;
  if (code === API_CODE.insufficientStorage) {
    return new PermanentFailure(
      'no-storage',
      `The NATS server has too little storage for ${what}: ${reason}. Give JetStream more, or apply a smaller scale.`,
      { cause },
    );
  }
  return new PermanentFailure(
    'topology-mismatch',
    `The NATS server refuses to bring ${what} into shape: ${reason}. It exists with settings that cannot be changed; ` +
      'remove it when nothing in it is needed, or use another account.',
    { cause },
  );
}
