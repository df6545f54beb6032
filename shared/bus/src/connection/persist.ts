/**
 * Asks again while no answer comes: a server that restarts is back within seconds.
 *
 * What was under way on a lost connection is never answered; the moment there is a new one it is asked again, without
 * waiting for its time to run out.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { errors } from 'nats';
import { asBusFailure, isInDoubt } from './bus-failure.ts';
import type { Connection } from './connection.ts';

const GIVE_UP_AFTER_MS = 30_000;
const PAUSE_MS = 100;

/**
 * Runs `attempt`, which must be harmless when repeated, until it is answered; then throws a TransientFailure or
 * PermanentFailure. `doing` completes the sentence "Could not …".
 */
export async function persist<T>(
  connection: Connection,
  doing: string,
  attempt: () => Promise<T>,
): Promise<T> {
  const giveUpAt = performance.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      return await unlessReconnected(connection, attempt());
    } catch (error) {
      if (!isInDoubt(error) || performance.now() > giveUpAt) throw asBusFailure(error, doing);
    }
    await delay(PAUSE_MS);
  }
}

/** Thrown by an attempt that got no certain answer. */
export const unanswered = (message: string) => new errors.RequestError(message);

/** The answer, or an unanswered failure as soon as the connection it was awaited on has been replaced. */
export async function unlessReconnected<T>(connection: Connection, answer: Promise<T>): Promise<T> {
  const { promise: reconnected, reject } = Promise.withResolvers<never>();
  using _listening = connection.onReconnect(() => reject(unanswered('the connection was lost')));
  return await Promise.race([answer, reconnected]);
}
