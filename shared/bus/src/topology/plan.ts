/** The shape that what we keep on the server is planned in, and how it is told to the server. */
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  ReplayPolicy,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import type { ConsumerName, StreamName } from './names.ts';

export const MiB = 1024 * 1024;
export const HOUR_MS = 3_600_000;
const NANOS_PER_MS = 1_000_000;

/** A stream, whether it carries messages, a KV bucket or an object store. Always bounded in bytes. */
export interface StreamPlan {
  readonly name: string;
  readonly subjects: readonly string[];
  readonly retention: 'limits' | 'work-queue';
  /** What happens when it is full. */
  readonly discard: 'new' | 'old';
  readonly maxBytes: number;
  readonly maxAgeMs?: number;
  readonly maxPerSubject?: number;
  /** Single messages cannot be deleted; subjects can be purged. */
  readonly denyDelete?: boolean;
  /** A message may replace all earlier ones of its subject. */
  readonly rollup?: boolean;
  /** Any replica may answer reads: only where content never changes. */
  readonly directReads?: boolean;
  readonly duplicateWindowMs?: number;
}

export interface ConsumerPlan {
  readonly stream: StreamName;
  readonly name: ConsumerName;
  readonly filter: string;
  readonly ackWaitMs: number;
  readonly maxAckPending: number;
}

export function streamConfig(plan: StreamPlan, scale: number, replicas: number) {
  const maxAgeMs = plan.maxAgeMs ?? 0;
  const window = plan.duplicateWindowMs ?? 120_000;
  return {
    name: plan.name,
    subjects: [...plan.subjects],
    retention: plan.retention === 'limits' ? RetentionPolicy.Limits : RetentionPolicy.Workqueue,
    storage: StorageType.File,
    discard: plan.discard === 'new' ? DiscardPolicy.New : DiscardPolicy.Old,
    max_bytes: Math.ceil(plan.maxBytes * scale),
    max_age: maxAgeMs * NANOS_PER_MS,
    max_msgs_per_subject: plan.maxPerSubject ?? -1,
    max_msg_size: MiB,
    num_replicas: replicas,
    duplicate_window: (maxAgeMs === 0 ? window : Math.min(window, maxAgeMs)) * NANOS_PER_MS,
    deny_delete: plan.denyDelete ?? false,
    allow_rollup_hdrs: plan.rollup ?? false,
    allow_direct: plan.directReads ?? false,
  } satisfies Partial<StreamConfig>;
}

/**
 * `backoff` stays unset, since it would override the ack wait; so does `max_deliver`, since a message that passed it
 * would lie in the stream unseen.
 */
export function consumerConfig(plan: ConsumerPlan) {
  return {
    durable_name: plan.name,
    filter_subject: plan.filter,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: plan.ackWaitMs * NANOS_PER_MS,
    max_ack_pending: plan.maxAckPending,
    max_deliver: -1,
    max_waiting: 4096,
  } satisfies Partial<ConsumerConfig>;
}
