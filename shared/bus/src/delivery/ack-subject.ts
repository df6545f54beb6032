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
  readonly sequence: number;
}

const SHORT_TOKENS = 9;

export function parseAckSubject(subject: string): DeliveryFacts {
  const tokens = subject.split('.');
  const stream = tokens.length === SHORT_TOKENS ? 2 : 4;
  const deliveries = Number(tokens[stream + 2]);
  const sequence = Number(tokens[stream + 3]);
  if (
    tokens[0] === '$JS' &&
    tokens[1] === 'ACK' &&
    Number.isSafeInteger(deliveries) &&
    Number.isSafeInteger(sequence)
  ) {
    return { deliveries, sequence };
  }
  throw new PermanentFailure(
    'malformed-envelope',
    `A message came with the reply subject ${subject || '(none)'}.`,
  );
}
