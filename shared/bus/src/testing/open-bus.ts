/** A bus for a test, and what the tests say over it. */
import { type RunId, runId, tick, turnRecord, turnSubject } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { type Bus, type BusOptions, connectBus } from '../index.ts';

export const RUN: RunId = runId.parse('digits-abc123-07');

export const quiet = createLogger({ service: 'test', name: 'test', level: 'silent' });

export const openBus = (url: string, options: Partial<BusOptions> = {}): Promise<Bus> =>
  connectBus({ url, name: 'test', logger: quiet, waitForServer: false, ...options });

export const aTick = (now: number, run: RunId = RUN) => ({
  definition: tick,
  messageId: `tick:${run}:${now}`,
  run,
  body: { type: 'tick' as const, run, now, slots: null },
});

/** A record of a transcript of its own: `at` is what tests tell it by. */
export const aTurn = (assignment: string, at: number, worker = 'w') => ({
  definition: turnRecord,
  subject: turnSubject(RUN, assignment),
  messageId: `${assignment}:${worker}:${at}`,
  run: RUN,
  body: { type: 'taken' as const, worker, at },
});
