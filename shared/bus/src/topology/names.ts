/** The names of what lives on the server: streams, durable consumers, buckets. */
import { type JobPriority, PARTITIONS, partitionOf, type Role, type RunId } from '@modelwright/contracts';

export const STREAM_NAMES = [
  'RUNS',
  'INBOX',
  'WORK',
  'JOBS',
  'RESULTS',
  'TURNS',
  'TELEMETRY',
  'DLQ',
  'ADVISORIES',
] as const;
export type StreamName = (typeof STREAM_NAMES)[number];

export const BUCKET_NAMES = ['claims', 'workers', 'control', 'config', 'gates'] as const;
export type BucketName = (typeof BUCKET_NAMES)[number];

/** A durable consumer; its stream follows from the first word. */
export type ConsumerName = `inbox-${string}` | `work-${Role}` | `jobs-${string}-${JobPriority}`;

/** The consumer of one inbox partition, `inbox-00` … `inbox-15`. */
export const inboxConsumer = (partition: number): ConsumerName =>
  `inbox-${String(partition).padStart(2, '0')}`;
export const runInboxConsumer = (run: RunId): ConsumerName => inboxConsumer(partitionOf(run));
export const INBOX_CONSUMERS: readonly ConsumerName[] = Array.from({ length: PARTITIONS }, (_, n) =>
  inboxConsumer(n),
);

export const workConsumer = (role: Role): ConsumerName => `work-${role}`;
export const jobsConsumer = (klass: string, priority: JobPriority): ConsumerName =>
  `jobs-${klass}-${priority}`;

export function streamOfConsumer(consumer: ConsumerName): StreamName {
  if (consumer.startsWith('inbox-')) return 'INBOX';
  return consumer.startsWith('work-') ? 'WORK' : 'JOBS';
}
