/**
 * Asks a durable consumer for one message.
 *
 * One request, one message: nothing waits in a buffer here while its ack timer runs. The client's own `next()` throws
 * when heartbeats are missed, and hides the reply subject that answers need.
 */
import { createInbox, type Msg, type Subscription } from 'nats';
import { asBusFailure } from '../connection/bus-failure.ts';
import type { Connection } from '../connection/connection.ts';

export type Pulled =
  | { readonly kind: 'message'; readonly message: Msg }
  /** Nothing came in time, the signal came, or the connection was renewed and the question is lost. */
  | { readonly kind: 'nothing' }
  /** The server's status: consumer deleted, too many waiting, not ready yet. */
  | { readonly kind: 'refused'; readonly reason: string };

export interface PullFrom {
  readonly stream: string;
  readonly consumer: string;
}

const NANOS_PER_MS = 1_000_000;
/** After the server's own end of the wait, before we stop listening. */
const GRACE_MS = 2_000;
/** Statuses that mean "no message": nothing there, request expired. */
const NO_MESSAGE = new Set([404, 408]);

/** @param expiresMs 0: what is there now, or nothing at once. */
export function pull(
  connection: Connection,
  from: PullFrom,
  expiresMs: number,
  signal: AbortSignal,
): Promise<Pulled> {
  const { nc, js } = connection;
  const inbox = createInbox(connection.inboxPrefix);
  const { promise, resolve, reject } = Promise.withResolvers<Pulled>();
  let open = true;
  const settle = (pulled: Pulled) => {
    open = false;
    resolve(pulled);
  };
  const subscription = nc.subscribe(inbox, {
    callback: (error, message) => {
      if (error !== null) reject(asBusFailure(error, `pull from ${from.consumer}`));
      else if (open) settle(read(message));
      // It came after we had turned away: somebody else shall have it, now.
      else if (isDelivery(message)) nc.publish(message.reply ?? '', '-NAK');
    },
  });
  const turnAway = () => settle({ kind: 'nothing' });
  const timer = setTimeout(turnAway, expiresMs + GRACE_MS);
  const renewal = connection.onReconnect(turnAway);
  signal.addEventListener('abort', turnAway, { once: true });
  const request =
    expiresMs === 0
      ? { batch: 1, no_wait: true }
      : { batch: 1, expires: Math.max(1, Math.round(expiresMs)) * NANOS_PER_MS };
  nc.publish(`${js.apiPrefix}.CONSUMER.MSG.NEXT.${from.stream}.${from.consumer}`, JSON.stringify(request), {
    reply: inbox,
  });
  return promise.finally(() => {
    clearTimeout(timer);
    renewal[Symbol.dispose]();
    signal.removeEventListener('abort', turnAway);
    stopListening(connection, subscription);
  });
}

function read(message: Msg): Pulled {
  if (isDelivery(message)) return { kind: 'message', message };
  const { code = 0, description = '' } = message.headers ?? {};
  return NO_MESSAGE.has(code) ? { kind: 'nothing' } : { kind: 'refused', reason: `${code} ${description}` };
}

/** A message has a reply subject to answer on; the server's statuses have a code and none. */
const isDelivery = (message: Msg) => message.reply !== undefined && message.reply !== '';

/** Drained, not cut: a message already on its way still reaches the callback. */
function stopListening({ nc, logger }: Connection, subscription: Subscription) {
  if (nc.isClosed() || subscription.isClosed()) return;
  subscription
    .drain()
    .catch((error: unknown) => logger.debug({ err: error }, 'a pull ended with the connection'));
}
