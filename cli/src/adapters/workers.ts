/** What services say of themselves on the bus. */
import type { Bus } from '@modelwright/bus';
import { type Worker, worker } from '@modelwright/contracts';
import type { Config } from '../config.ts';
import { withBus } from './bus.ts';
import { lookAtFarm } from './farm/farm.ts';

export async function readWorkers(bus: Bus): Promise<Worker[]> {
  const records = bus.records('workers', worker);
  const found = await Promise.all((await records.keys()).map((key) => records.get(key)));
  return found.flatMap((entry) => (entry === null ? [] : [entry.value]));
}

/** Jobs in the hands of this machine's live runners; empty where nothing can be asked. */
export async function runningPrograms(config: Config): Promise<string[]> {
  const { alive } = await lookAtFarm(config);
  const runners = new Set(alive.filter((one) => one.service === 'gpu-runner').map((one) => one.pid));
  if (runners.size === 0) return [];
  try {
    const workers = await withBus(config, readWorkers);
    return workers.flatMap((one) => (runners.has(one.pid) ? (one.runner?.jobs ?? []) : []));
  } catch {
    // Taking down must work when the bus does not; the count is only for the farewell.
    return [];
  }
}
