/**
 * Brings the server to the planned shape. Idempotent: what is as planned is left alone, so two managers may apply it
 * at once and a second application changes nothing.
 */
import type { ConsumerInfo, StreamInfo } from '@nats-io/jetstream';
import type { TopologyOptions } from '../bus.ts';
import { API_CODE, apiCodeOf, asBusFailure } from '../connection/bus-failure.ts';
import type { Connection } from '../connection/connection.ts';
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

async function applyStream(
  { jsm }: Connection,
  plan: StreamPlan,
  options: TopologyOptions,
): Promise<string[]> {
  const wanted = streamConfig(plan, options.scale ?? 1, options.replicas ?? 1);
  try {
    const existing = await streamOrNull(jsm.streams.info(plan.name));
    if (existing === null) {
      await jsm.streams.add(wanted);
      return [`stream ${plan.name} created`];
    }
    const differing = differences(existing.config, wanted);
    if (differing.length === 0) return [];
    await jsm.streams.update(plan.name, wanted);
    return [`stream ${plan.name} changed: ${differing.join(', ')}`];
  } catch (error) {
    throw topologyFailure(error, `stream ${plan.name}`);
  }
}

async function applyConsumer({ jsm }: Connection, plan: ConsumerPlan): Promise<string[]> {
  const wanted = consumerConfig(plan);
  try {
    const existing = await consumerOrNull(jsm.consumers.info(plan.stream, plan.name));
    if (existing === null) {
      await jsm.consumers.add(plan.stream, wanted);
      return [`consumer ${plan.name} created`];
    }
    const differing = differences(existing.config, wanted);
    if (differing.length === 0) return [];
    await jsm.consumers.update(plan.stream, plan.name, wanted);
    return [`consumer ${plan.name} changed: ${differing.join(', ')}`];
  } catch (error) {
    throw topologyFailure(error, `consumer ${plan.name}`);
  }
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

const streamOrNull = (asked: Promise<StreamInfo>) => nullWhen(asked, API_CODE.streamNotFound);
const consumerOrNull = (asked: Promise<ConsumerInfo>) => nullWhen(asked, API_CODE.consumerNotFound);

async function nullWhen<T>(asked: Promise<T>, code: number): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (apiCodeOf(error) === code) return null;
    throw error;
  }
}

function topologyFailure(error: unknown, what: string) {
  const code = apiCodeOf(error);
  const reason = error instanceof Error ? error.message : String(error);
  if (code === API_CODE.insufficientStorage) {
    return new PermanentFailure(
      'no-storage',
      `The NATS server has too little storage for ${what}: ${reason}. Give JetStream more, or apply a smaller scale.`,
      { cause: error },
    );
  }
  if (code === null) return asBusFailure(error, `look at ${what}`);
  return new PermanentFailure(
    'topology-mismatch',
    `The NATS server refuses to bring ${what} into shape: ${reason}. It exists with settings that cannot be changed; ` +
      'remove it when nothing in it is needed, or use another account.',
    { cause: error },
  );
}
