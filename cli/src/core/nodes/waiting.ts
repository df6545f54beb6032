/** Why a job waits: what a runner says that has looked at it, else what can be seen from all of them together. */
import type { Job } from '@modelwright/contracts';
import type { NodeView } from './node.ts';

/** A job that lies in the queue. */
export type QueuedJob = Pick<Job, 'id' | 'class' | 'priority' | 'accelerators'>;

export interface WaitingJob {
  readonly job: QueuedJob;
  readonly since: number;
  readonly reason: string;
}

/** Those that no runner has in hand, in the order in which they came. */
export function waitingJobs(
  queued: ReadonlyArray<{ readonly job: QueuedJob; readonly since: number }>,
  nodes: readonly NodeView[],
): WaitingJob[] {
  const inHand = new Set(nodes.flatMap((node) => node.jobs));
  return queued
    .filter(({ job }) => !inHand.has(job.id))
    .map(({ job, since }) => ({ job, since, reason: whyItWaits(job, nodes) }));
}

export function whyItWaits(job: QueuedJob, nodes: readonly NodeView[]): string {
  const said = nodes.flatMap((node) =>
    node.waiting.filter((one) => one.job === job.id).map((one) => `${node.name}: ${one.reason}`),
  );
  if (said.length > 0) return said.join('; ');
  const takers = nodes.filter((node) => node.classes.includes(job.class) && node.state !== 'silent');
  if (takers.length === 0) return `no runner takes class ${job.class}`;
  const open = takers.filter((node) => node.state === 'ready');
  if (open.length === 0) return `every runner of class ${job.class} is drained`;
  return job.accelerators === null ? ofSlots(job, open) : ofAccelerators(job.accelerators, open);
}

function ofSlots({ priority }: QueuedJob, open: readonly NodeView[]): string {
  // A runner keeps one slot more for short jobs, which are those of high priority.
  const kept = priority === 'high' ? 1 : 0;
  const free = open.filter((node) => node.jobs.length < node.slots + kept);
  if (free.length > 0) return 'it has just come, or others of its run come before it';
  const slots = open.reduce((sum, node) => sum + node.slots, 0);
  return `all ${slots} slots are busy`;
}

function ofAccelerators(wish: NonNullable<QueuedJob['accelerators']>, open: readonly NodeView[]): string {
  const counts = open.map((node) => {
    const suitable = node.accelerators.filter((one) => one.memoryBytes >= (wish.memoryBytes ?? 0));
    const free = suitable.filter((one) => one.state === 'free').length;
    return { name: node.name, suitable: suitable.length, free, reservedFor: node.reservedFor };
  });
  const large = counts.filter((one) => one.suitable >= wish.count);
  if (large.length === 0) return `no host has ${wishText(wish)}`;
  if (large.some((one) => one.free >= wish.count && one.reservedFor === null)) {
    return 'it has just come, or others of its run come before it';
  }
  return large.map(busyText).join('; ');
}

function busyText(node: {
  name: string;
  suitable: number;
  free: number;
  reservedFor: string | null;
}): string {
  const kept = node.reservedFor === null ? '' : `, kept for ${node.reservedFor}`;
  return `${node.name}: ${node.free} of ${node.suitable} free${kept}`;
}

/** Such as `4 GPUs with 40 GiB each`. */
export function wishText({ count, memoryBytes, shared }: NonNullable<QueuedJob['accelerators']>): string {
  const size =
    memoryBytes === null ? '' : ` with ${Math.ceil(memoryBytes / 2 ** 30)} GiB${count === 1 ? '' : ' each'}`;
  return `${count} GPU${count === 1 ? '' : 's'}${size}${shared ? ', shared' : ''}`;
}
