/** Asks again while no answer comes: a server that restarts is back within seconds. */
import { setTimeout as delay } from 'node:timers/promises';
import { errors } from 'nats';
import { asBusFailure, isInDoubt } from './bus-failure.ts';

const GIVE_UP_AFTER_MS = 30_000;
const PAUSE_MS = 200;

/**
 * Runs `attempt`, which must be harmless when repeated, until it is answered; then throws a TransientFailure or
 * PermanentFailure. `doing` completes the sentence "Could not …".
 */
export async function persist<T>(doing: string, attempt: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isInDoubt(error) || performance.now() > giveUpAt) throw asBusFailure(error, doing);
    }
    await delay(PAUSE_MS);
  }
}

/** Thrown by an attempt that got no certain answer. */
export const unanswered = (message: string) => new errors.RequestError(message);
