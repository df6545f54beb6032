/** The bus's figures as a table. Pure. */
import type { BusFigures } from '../bus/measure-bus.ts';
import { contestLines } from './contest-text.ts';

export function busLines({ server, flushed, rounds, contests }: BusFigures): string[] {
  const how = flushed
    ? 'every message flushed to disk before it is acknowledged'
    : 'flushed by the server later';
  return [
    `nats-server ${server}, ${how}; ${rounds} rounds, A B A B`,
    ...contestLines('on the bus', contests),
  ];
}
