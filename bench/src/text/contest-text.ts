/** Contests as a table. Pure. */
import type { ContestFigures, SideFigures } from '../contest-figures.ts';
import { short, withRange } from './quantity.ts';
import { left, right, tableLines } from './table.ts';

export function contestLines(title: string, contests: readonly ContestFigures[]): string[] {
  const columns = [
    left(title),
    right('ours /s'),
    right('raw /s'),
    right('ours : raw, median [min, max]'),
    right('ours p50, p99 ms'),
    right('raw p50, p99 ms'),
  ];
  return tableLines(columns, contests.map(row));
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
