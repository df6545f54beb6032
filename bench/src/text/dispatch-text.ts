/** Dispatch as tables. Pure. */
import type { DispatchFigures, DispatchRow } from '../dispatch/measure-dispatch.ts';
import { short, withRange } from './quantity.ts';
import { left, right, tableLines } from './table.ts';

export function dispatchLines({ nats, redis, flushed, jobs, rounds, rows }: DispatchFigures): string[] {
  const how = flushed ? 'every write flushed to disk before it is acknowledged' : 'flushed later';
  const others = Object.keys(rows[0]?.ours ?? {});
  const columns = [
    left('runners'),
    right('ours /s'),
    ...others.map((name) => right(`${name} /s`)),
    ...others.map((name) => right(`ours : ${name}, median [min, max]`)),
  ];
  return [
    `${jobs.toLocaleString('en-US')} jobs that do nothing; nats-server ${nats}, ${redis === null ? 'no Redis here: BullMQ not measured' : `Redis ${redis}`}; ${how}; ${rounds} rounds in turn`,
    ...tableLines(
      columns,
      rows.map((row) => cells(row, others)),
    ),
  ];
}

function cells({ runners, perSecond, ours }: DispatchRow, others: readonly string[]): string[] {
  const rate = (name: string) => {
    const spread = perSecond[name];
    return spread == null ? '-' : short(spread.median);
  };
  return [
    String(runners),
    rate('ours'),
    ...others.map(rate),
    ...others.map((name) => withRange(ours[name] ?? null)),
  ];
}
