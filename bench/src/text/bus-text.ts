/** The bus's figures as a table. Pure. */
import type { BusFigures, ContestFigures, SideFigures } from '../bus/measure-bus.ts';
import { short, withRange } from './quantity.ts';
import { left, right, tableLines } from './table.ts';

export function busLines({ server, flushed, rounds, contests }: BusFigures): string[] {
  const how = flushed
    ? 'every message flushed to disk before it is acknowledged'
    : 'flushed by the server later';
  const columns = [
    left('on the bus'),
    right('ours /s'),
    right('raw /s'),
    right('ours : raw, median [min, max]'),
    right('ours p50, p99 ms'),
    right('raw p50, p99 ms'),
  ];
  return [
    `nats-server ${server}, ${how}; ${rounds} rounds, A B A B`,
    ...tableLines(columns, contests.map(row)),
  ];
}

const row = ({ name, ours, raw, ratio }: ContestFigures): string[] => [
  name,
  rate(ours),
  rate(raw),
  withRange(ratio),
  latencies(ours),
  latencies(raw),
];

const rate = ({ perSecond }: SideFigures) => (perSecond === null ? '-' : short(perSecond.median));
const latencies = ({ milliseconds }: SideFigures) =>
  milliseconds === null ? '' : `${short(milliseconds.p50)}, ${short(milliseconds.p99)}`;
