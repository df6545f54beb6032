/** Scores of all candidates with their intervals: where they overlap, noise may have ordered them. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { intervalText, numberText, oneLine } from '../html/words.ts';
import type { CandidateReport } from '../run/candidate-report.ts';
import { figure } from './drawing.ts';

/** More would make a plot that is all names: the best are shown. */
const MOST = 25;

/** @param sorted With scores, the best first. */
export function intervalsPlot(
  sorted: readonly CandidateReport[],
  metric: string,
  chosen: string | null,
): Html | null {
  const rows = sorted.slice(0, MOST).flatMap(({ id, score, plan, trust }) => {
    if (score === null) return [];
    const [low, high] = score.interval;
    const doubted = trust?.label === 'suspicious';
    const colour = id === chosen ? 'var(--accent)' : doubted ? 'var(--bad)' : 'var(--muted)';
    const title = `${id} ${plan?.name ?? ''}\n${numberText(score.value)}, 95 % interval ${intervalText(score)}, ${score.rows} rows`;
    return [{ id, value: score.value, low, high, colour, title, doubted }];
  });
  const first = rows[0];
  if (first === undefined) return null;
  const left = 12 + 7 * Math.min(14, Math.max(...rows.map(({ id }) => id.length)));
  return figure(
    {
      title: `${metric} on hidden rows`,
      label: `${metric} of ${rows.length} candidates with 95 % intervals; the first is ${first.id} with ${numberText(first.value)}`,
      caption:
        'Each line is a 95 % interval. Intervals that overlap widely mean that chance may have decided the order.',
      legend: [
        { colour: '--accent', name: 'chosen' },
        { colour: '--muted', name: 'others' },
        ...(rows.some(({ doubted }) => doubted) ? [{ colour: '--bad', name: 'suspicious' }] : []),
      ],
    },
    () => ({
      height: 50 + 22 * rows.length,
      marginLeft: left,
      marginRight: 20,
      insetLeft: 10,
      x: { label: metric, grid: true, nice: true, ticks: 5 },
      y: { label: null, domain: rows.map(({ id }) => id), tickSize: 0, tickFormat: (id) => oneLine(id, 14) },
      marks: [
        Plot.ruleY(rows, { y: 'id', x1: 'low', x2: 'high', stroke: 'colour', strokeWidth: 2 }),
        Plot.dot(rows, { y: 'id', x: 'value', fill: 'colour', r: 4.5, title: 'title' }),
      ],
    }),
  );
}
