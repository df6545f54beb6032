/** Waits until every service that was started has said on the bus that it is ready. */
import type { Bus } from '@modelwright/bus';
import { worker, workerKey } from '@modelwright/contracts';
import { unavailable } from '../../core/problem.ts';
import { tailOf } from '../background.ts';
import type { RecordedService } from '../state-folder.ts';

const LONGEST_WAIT_MS = 60_000;

export interface Awaited extends RecordedService {
  /** Resolves when the process ends, with how. */
  readonly ended: Promise<string>;
}

/** Rejects as soon as one of them ends, with the last lines of its log. */
export async function awaitReady(bus: Bus, services: readonly Awaited[]): Promise<void> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(tooLong(services)), LONGEST_WAIT_MS);
  try {
    await Promise.race([
      watchWorkers(bus, services, stop.signal),
      ...services.map(whenEnded),
      whenAborted(stop.signal),
    ]);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

async function watchWorkers(bus: Bus, services: readonly Awaited[], signal: AbortSignal): Promise<void> {
  await bus.awaitTopology(signal);
  const missing = new Map(services.map((one) => [workerKey(one.service, one.name), one.pid]));
  if (missing.size === 0) return;
  for await (const { key, value } of bus.records('workers', worker).watch('>', signal)) {
    // A record of an earlier process of the same name says nothing about this one.
    if (value?.state === 'ready' && missing.get(key) === value.pid) missing.delete(key);
    if (missing.size === 0) return;
  }
}

async function whenEnded(service: Awaited): Promise<never> {
  const how = await service.ended;
  const tail = await tailOf(service.log, 8).catch(() => '');
  throw unavailable({
    message: `${service.name} ended at its start (${how})`,
    remedy: `The end of its log${service.log === null ? '' : ` (${service.log})`} says:\n${tail}\nmodelwright doctor tells what this machine lacks.`,
  });
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function tooLong(services: readonly Awaited[]) {
  return unavailable({
    message: `not ready after ${LONGEST_WAIT_MS / 1000} s: one of ${services.map((one) => one.name).join(', ')}`,
    remedy: `Look into the logs:\n${services.map((one) => one.log ?? one.name).join('\n')}`,
  });
}
