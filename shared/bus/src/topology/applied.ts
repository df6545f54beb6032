/** The mark that the topology has been applied: `topology` in KV `config`, written last, waited for by everybody else. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { TopologyOptions } from '../bus.ts';
import type { Connection } from '../connection/connection.ts';
import { TransientFailure } from '../failure.ts';
import { JetStreamRecords } from '../records/jetstream-records.ts';
import { applyTopology } from './apply.ts';

/** Raised when something is added that a service cannot do without. */
const TOPOLOGY_VERSION = 1;
const KEY = 'topology';
const PAUSE_MS = 250;

const mark = z.object({ version: z.int().positive() });

export async function applyAndMark(
  connection: Connection,
  ackWaitMs: number | undefined,
  options: TopologyOptions,
  declareContent: () => Promise<string[]>,
): Promise<string[]> {
  const changes = await applyTopology(connection, ackWaitMs, options);
  changes.push(...(await declareContent()));
  const records = new JetStreamRecords(connection, 'config', mark);
  if ((await records.get(KEY))?.value.version !== TOPOLOGY_VERSION) {
    await records.put(KEY, { version: TOPOLOGY_VERSION });
  }
  return changes;
}

export async function awaitMark(connection: Connection, signal: AbortSignal): Promise<void> {
  const records = new JetStreamRecords(connection, 'config', mark);
  const aborted = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  for (;;) {
    signal.throwIfAborted();
    if ((await Promise.race([isMarked(records), aborted])) === true) return;
    await Promise.race([delay(PAUSE_MS), aborted]);
  }
}

async function isMarked(records: JetStreamRecords<typeof mark>): Promise<boolean> {
  try {
    return ((await records.get(KEY))?.value.version ?? 0) >= TOPOLOGY_VERSION;
  } catch (error) {
    if (error instanceof TransientFailure) return false;
    throw error;
  }
}
