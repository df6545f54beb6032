/** The messages of an ephemeral consumer, batch after batch, as long as they come in unbroken order. */
import { createInbox, type Msg } from 'nats';
import type { Connection } from '../connection/connection.ts';
import { parseAckSubject } from '../delivery/ack-subject.ts';
import type { OrderedMessage } from './ordered-messages.ts';

const BATCH = 256;
const EXPIRES_MS = 10_000;
/** After the server's own end of the wait, before the consumer is taken for lost. */
const GRACE_MS = 2_000;
const NANOS_PER_MS = 1_000_000;
/** The statuses that end a batch in peace: nothing there, time is up. */
const PEACEFUL = new Set([404, 408]);

type Event = { readonly message: Msg } | { readonly end: 'signal' | 'lost' | 'expired' };

/** Ends when the signal comes or the consumer is lost; which of the two, the caller knows by the signal. */
export async function* pullBatch(
  connection: Connection,
  from: { readonly stream: string; readonly consumer: string },
  signal: AbortSignal,
): AsyncGenerator<OrderedMessage> {
  const events = new EventQueue();
  const { nc, js, inboxPrefix } = connection;
  const inbox = createInbox(inboxPrefix);
  const subscription = nc.subscribe(inbox, {
    callback: (error, message) => events.push(error === null ? read(message) : { end: 'lost' }),
  });
  const stop = () => events.push({ end: 'signal' });
  signal.addEventListener('abort', stop, { once: true });
  using _renewal = connection.onReconnect(() => events.push({ end: 'lost' }));
  const ask = () => {
    const request = JSON.stringify({ batch: BATCH, expires: EXPIRES_MS * NANOS_PER_MS });
    nc.publish(`${js.apiPrefix}.CONSUMER.MSG.NEXT.${from.stream}.${from.consumer}`, request, {
      reply: inbox,
    });
  };
  try {
    let order = 0;
    for (let asked = 0; !signal.aborted; ) {
      if (asked === 0) {
        ask();
        asked = BATCH;
      }
      const event = await events.next(EXPIRES_MS + GRACE_MS);
      if ('end' in event) {
        if (event.end !== 'expired') return;
        asked = 0;
        continue;
      }
      const { message, consumerSequence } = unpack(event.message);
      order += 1;
      if (consumerSequence !== order) return;
      asked -= 1;
      yield message;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    if (!nc.isClosed()) subscription.unsubscribe();
  }
}

function read(message: Msg): Event {
  if (message.reply !== undefined && message.reply !== '') return { message };
  return { end: PEACEFUL.has(message.headers?.code ?? 0) ? 'expired' : 'lost' };
}

function unpack(message: Msg): { message: OrderedMessage; consumerSequence: number } {
  const { subject, headers, data } = message;
  const { sequence, consumerSequence, time } = parseAckSubject(message.reply ?? '');
  return { message: { subject, sequence, time, headers, data }, consumerSequence };
}

/** Events in the order they came; silence for too long counts as a loss. */
class EventQueue {
  readonly #waiting: Event[] = [];
  #wake: () => void = () => undefined;

  push(event: Event): void {
    this.#waiting.push(event);
    this.#wake();
  }

  async next(patienceMs: number): Promise<Event> {
    if (this.#waiting.length === 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, patienceMs);
      this.#wake = resolve;
      await promise;
      clearTimeout(timer);
    }
    return this.#waiting.shift() ?? { end: 'lost' };
  }
}
