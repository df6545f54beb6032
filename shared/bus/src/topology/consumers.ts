/** The durable consumers: one an inbox partition, one a role, one a class and priority of jobs. */
import {
  inboxPartitionFilter,
  type JobPriority,
  jobFilter,
  jobPriority,
  PARTITIONS,
  role,
  workFilter,
} from '@modelwright/contracts';
import { inboxConsumer, jobsConsumer, workConsumer } from './names.ts';
import type { ConsumerPlan } from './plan.ts';

const WORK_ACK_WAIT_MS = 60_000;
/** A run actor answers in milliseconds; when its manager dies another must not wait long. */
const INBOX_ACK_WAIT_MS = 15_000;
const MANY_IN_WORK = 10_000;

export function inboxConsumers(ackWaitMs?: number): ConsumerPlan[] {
  return Array.from({ length: PARTITIONS }, (_, partition) => ({
    stream: 'INBOX',
    name: inboxConsumer(partition),
    filter: inboxPartitionFilter(partition),
    ackWaitMs: Math.min(ackWaitMs ?? INBOX_ACK_WAIT_MS, INBOX_ACK_WAIT_MS),
    // One at a time: messages of a run are decided in order.
    maxAckPending: 1,
  }));
}

export function workConsumers(ackWaitMs = WORK_ACK_WAIT_MS): ConsumerPlan[] {
  return role.options.map((to) => ({
    stream: 'WORK',
    name: workConsumer(to),
    filter: workFilter(to),
    ackWaitMs,
    maxAckPending: MANY_IN_WORK,
  }));
}

export function jobConsumers(klass: string, ackWaitMs = WORK_ACK_WAIT_MS): ConsumerPlan[] {
  return jobPriority.options.map((priority: JobPriority) => ({
    stream: 'JOBS',
    name: jobsConsumer(klass, priority),
    filter: jobFilter(klass, priority),
    ackWaitMs,
    maxAckPending: MANY_IN_WORK,
  }));
}

export const allConsumers = (ackWaitMs?: number): ConsumerPlan[] => [
  ...inboxConsumers(ackWaitMs),
  ...workConsumers(ackWaitMs),
  ...jobConsumers('cpu', ackWaitMs),
];
