/**
 * Tells every open run what time it is and how much can run. One manager at a time holds the lease; a second ticker,
 * when a lease is believed too long, does no harm.
 */
import type { Bus, Records } from '@modelwright/bus';
import {
  type ControlRecord,
  controlRecord,
  inboxSubject,
  runId,
  tick,
  type Worker,
  worker,
} from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import { z } from 'zod';
import { acceleratorsOf, trainingSlots } from '../core/capacity.ts';

const LEASE_KEY = 'ticker';
const lease = z.object({ holder: z.string(), until: z.int() });

export interface TickerOptions {
  readonly bus: Bus;
  readonly holder: string;
  readonly everyMs: number;
  readonly logger: Logger;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export async function runTicker(options: TickerOptions): Promise<void> {
  const { bus, everyMs, logger, now, signal } = options;
  const leases = bus.records('config', lease);
  const workers = bus.records('workers', worker);
  const open = new Set<string>();
  const following = followOpenRuns(bus.records('control', controlRecord), open, signal);
  while (!signal.aborted) {
    try {
      if (await holdLease(leases, options)) await tickAll(bus, workers, open, options);
    } catch (error) {
      logger.warn({ err: error }, 'no tick this time; the next one follows');
    }
    await pause(everyMs - (now() % everyMs), signal);
  }
  await following;
}

async function followOpenRuns(
  records: Records<ControlRecord>,
  open: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  for await (const { value } of records.watch('>', signal)) {
    if (value === null || !('run' in value)) continue;
    if (value.state === 'open') open.add(value.run);
    else open.delete(value.run);
  }
}

async function holdLease(leases: Records<z.infer<typeof lease>>, options: TickerOptions): Promise<boolean> {
  const { holder, everyMs, now } = options;
  const mine = { holder, until: now() + 3 * everyMs };
  const current = await leases.get(LEASE_KEY);
  if (current === null) return (await leases.create(LEASE_KEY, mine)) !== null;
  if (current.value.holder !== holder && current.value.until > now()) return false;
  return (await leases.update(LEASE_KEY, mine, current.revision)) !== null;
}

async function tickAll(
  bus: Bus,
  workers: Records<Worker>,
  open: ReadonlySet<string>,
  { everyMs, now }: TickerOptions,
): Promise<void> {
  if (open.size === 0) return;
  const known = await Promise.all((await workers.keys('gpu-runner')).map((key) => workers.get(key)));
  const time = now();
  const runners = known.flatMap((entry) => (entry === null ? [] : [entry.value]));
  const slots = trainingSlots(runners, time);
  const accelerators = acceleratorsOf(runners, time);
  for (const name of open) {
    const run = runId.parse(name);
    await bus.streams.publish({
      definition: tick,
      subject: inboxSubject(run),
      body: { type: 'tick', run, now: time, slots, accelerators },
      messageId: `tick:${run}:${Math.floor(time / everyMs)}`,
      run,
    });
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
