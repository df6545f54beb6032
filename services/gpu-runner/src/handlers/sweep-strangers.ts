/** Now and then: what an earlier process of a runner left on this host, and nobody can want, is removed. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@modelwright/telemetry';
import type { Executor } from './executor.ts';

const EVERY_MS = 30_000;

/** Until the process leaves; begun once all jobs on disk are adopted, so that what is theirs is known. */
export async function sweepStrangers(
  executor: Pick<Executor, 'sweep'>,
  logger: Logger,
  leaving: AbortSignal,
): Promise<void> {
  while (!leaving.aborted) {
    try {
      for (const removed of await executor.sweep()) logger.warn({ removed }, 'a stranger was removed');
    } catch (err) {
      logger.warn({ err }, 'strangers could not be looked for, or not be removed: once more in a while');
    }
    await delay(EVERY_MS, undefined, { signal: leaving }).catch(() => undefined); // leaving ends the pause
  }
}
