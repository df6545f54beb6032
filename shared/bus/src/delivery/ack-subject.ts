/**
 * What the reply subject of a delivered message tells.
 *
 *   $JS.ACK.<stream>.<consumer>.<deliveries>.<stream sequence>.<consumer sequence>.<time>.<pending>
 *   $JS.ACK.<domain>.<account>.<stream>.<consumer>.<deliveries>.<stream sequence>.…        (newer servers)
 *
 * https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-15.md
 */
import { PermanentFailure } from '../failure.ts';

export interface DeliveryFacts {
  readonly deliveries: number;
  /** In the stream. */
  readonly sequence: number;
  /** Counts the consumer's deliveries, from 1. */
  readonly consumerSequence: number;
  /** When the message was stored, in milliseconds since the epoch. */
  readonly time: number;
}

const SHORT_TOKENS = 9;
const NANOS_PER_MS = 1_000_000;

export function parseAckSubject(subject: string): DeliveryFacts {
  const tokens = subject.split('.');
  const stream = tokens.length === SHORT_TOKENS ? 2 : 4;
  const [deliveries = 0, sequence = 0, consumerSequence = 0, nanos = 0] = tokens
    .slice(stream + 2, stream + 6)
    .map(Number);
  if (tokens[0] === '$JS' && tokens[1] === 'ACK' && deliveries > 0 && sequence > 0) {
    return { deliveries, sequence, consumerSequence, time: Math.floor(nanos / NANOS_PER_MS) };
  }
  throw new PermanentFailure(
    'malformed-envelope',
    `A message came with the reply subject ${subject || '(none)'}.`,
  );
}
