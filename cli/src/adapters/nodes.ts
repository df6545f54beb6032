/** Reads what runners say and what lies in the queue; writes what is wanted of runners and accelerators. */
import type { Bus } from '@modelwright/bus';
import {
  acceleratorControl,
  acceleratorControlKey,
  allJobsFilter,
  job,
  type RunnerControl,
  runnerControl,
  runnerControlKey,
  worker,
} from '@modelwright/contracts';
import { type NodeView, nodesOf } from '../core/nodes/node.ts';
import type { QueuedJob } from '../core/nodes/waiting.ts';
import { readWorkers } from './workers.ts';

/** Each job in the queue is read by a request of its own. */
const MOST_READ = 500;
const PATIENCE_MS = 15_000;

export async function readNodes(bus: Bus): Promise<NodeView[]> {
  return nodesOf(await readWorkers(bus), Date.now());
}

export interface Queue {
  /** Jobs in hand included. */
  readonly count: number;
  /** Null where they are too many to be read one by one. */
  readonly jobs: ReadonlyArray<{ readonly job: QueuedJob; readonly since: number }> | null;
}

export async function readQueue(bus: Bus): Promise<Queue> {
  const depths = await bus.streams.depths('JOBS', allJobsFilter);
  const count = [...depths.values()].reduce((sum, one) => sum + one, 0);
  if (count > MOST_READ) return { count, jobs: null };
  const stored = await bus.streams.read('JOBS', allJobsFilter, job);
  return { count, jobs: stored.map(({ body, time }) => ({ job: body, since: time })) };
}

export async function orderRunner(bus: Bus, order: RunnerControl): Promise<void> {
  await bus.records('control', runnerControl).put(runnerControlKey(order.runner), order);
}

export async function releaseAccelerator(bus: Bus, uuid: string, reason: string): Promise<void> {
  await bus
    .records('control', acceleratorControl)
    .put(acceleratorControlKey(uuid), { accelerator: uuid, desired: 'released', at: Date.now(), reason });
}

/** The runner once it is as wished; null when it has not become so for a while. */
export async function nodeOnce(
  bus: Bus,
  name: string,
  is: (node: NodeView) => boolean,
): Promise<NodeView | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for await (const { value } of bus.records('workers', worker).watch(`gpu-runner.${name}`, signal)) {
    const [node] = value === null ? [] : nodesOf([value], Date.now());
    if (node !== undefined && is(node)) return node;
  }
  return null;
}
