/** SIGTERM and SIGINT: the first asks this process to leave, the second makes it. */
import type { Logger } from '@modelwright/telemetry';

const ASKED_TWICE = 1;

/** A signal that this process is leaving. It says nothing about the jobs in hand: those are handed over or go on. */
export function listenForLeaving(logger: Logger): AbortSignal {
  const leaving = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => {
    if (leaving.signal.aborted) {
      logger.warn({ signal }, 'asked to leave twice: leaving at once');
      process.exit(ASKED_TWICE);
    }
    logger.info({ signal }, 'leaving: no new work is taken');
    leaving.abort(new Error(`the process was asked to leave by ${signal}`));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  return leaving.signal;
}
