/** The price of honest scores as a table in Markdown. */
import { ACTIVITIES } from '@modelwright/report';
import type { HonestyOfRun } from './honesty-of-results.ts';

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Shares of the wall clock. In brackets: with nothing else at work. */
export function honestyLines(runs: readonly HonestyOfRun[]): string[] {
  const head = [
    'task',
    'run took',
    ...ACTIVITIES,
    'honesty alone',
    'predictions made',
    'read again',
    'saved',
  ];
  return [row(head), row(head.map(() => '---')), ...runs.map((run) => row(cells(run)))];
}

function cells({ name, time, reuse }: HonestyOfRun): string[] {
  const shares = ACTIVITIES.map((activity) => {
    const found = time.activities.find((one) => one.activity === activity);
    if (found === undefined || found.busy === 0) return '';
    const alone = found.alone === 0 ? '' : ` (${percent(found.alone / time.wall)})`;
    return `${percent(found.wall / time.wall)}${alone}`;
  });
  return [
    name,
    seconds(time.wall),
    ...shares,
    percent(time.alone / time.wall),
    `${reuse.made} in ${seconds(reuse.madeMilliseconds)}`,
    String(reuse.again),
    seconds(reuse.savedMilliseconds),
  ];
}

function row(texts: readonly string[]): string {
  return `| ${texts.join(' | ')} |`;
}
