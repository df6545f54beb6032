/** A signal that aborts, with the reason in words, when a job is not wanted any more. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Job } from '@modelwright/contracts';
import type { Logger } from '@modelwright/telemetry';
import type { ControlBoard } from '../adapters/bus/control-board.ts';

/** A change brings the look forward; this is for changes nobody told us of. */
const LOOK_EVERY_MS = 10_000;

export function listenForCancel(
  control: ControlBoard,
  job: Job,
  until: { readonly over: AbortSignal; readonly logger: Logger },
): AbortSignal {
  const cancelled = new AbortController();
  const looking = look(control, job, cancelled, until);
  looking.catch((err: unknown) => until.logger.error({ err }, 'no longer listening for a cancellation'));
  return cancelled.signal;
}

async function look(
  control: ControlBoard,
  job: Job,
  cancelled: AbortController,
  { over, logger }: { readonly over: AbortSignal; readonly logger: Logger },
): Promise<void> {
  let changed = Promise.withResolvers<void>();
  using _listening = control.onChange(job, () => changed.resolve());
  while (!over.aborted) {
    changed = Promise.withResolvers<void>();
    const reason = await control.whyUnwanted(job).catch((err: unknown) => {
      logger.warn({ err }, 'the wishes for this job could not be read now');
      return null;
    });
    if (reason !== null) {
      cancelled.abort(reason);
      return;
    }
    const pause = delay(LOOK_EVERY_MS, undefined, { signal: over }).catch(() => undefined); // the job is over
    await Promise.race([changed.promise, pause]);
  }
}
