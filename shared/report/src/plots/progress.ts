/** How the search went: every score when it came, what it came from, and the best so far. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { numberText } from '../html/words.ts';
import type { RunReport } from '../run/run-report.ts';
import { figure } from './drawing.ts';

interface Point {
  readonly id: string;
  readonly minute: number;
  readonly value: number;
  readonly title: string;
}

export function progressPlot(
  { candidates, best, startedAt, seenAt }: RunReport,
  metric: string,
): Html | null {
  if (startedAt === null) return null;
  const minute = (at: number) => (at - startedAt) / 60_000;
  const points: Point[] = candidates.flatMap(({ id, score, scoredAt, plan }) =>
    score === null || scoredAt === null
      ? []
      : [
          {
            id,
            minute: minute(scoredAt),
            value: score.value,
            title: `${id} ${plan?.name ?? ''}\n${numberText(score.value)} after ${numberText(minute(scoredAt))} min`,
          },
        ],
  );
  if (points.length < 2) return null;
  const steps = best.map(({ score, at }) => ({ minute: minute(at), value: score.value }));
  const last = steps.at(-1);
  const line = last === undefined ? [] : [...steps, { ...last, minute: minute(seenAt) }];
  return figure(
    {
      title: 'Scores as they came',
      label: `${metric} of ${points.length} candidates against minutes since the start; the line is the best so far`,
      legend: [
        { colour: '--accent', name: 'best so far' },
        { colour: '--c2', name: 'a candidate' },
      ],
    },
    (width) => ({
      height: width === 'wide' ? 260 : 240,
      marginLeft: 55,
      marginRight: 30,
      x: { label: 'minutes since the start', domain: [0, minute(seenAt)], ticks: width === 'wide' ? 8 : 4 },
      y: { label: metric, grid: true, nice: true, ticks: 5 },
      marks: [
        Plot.line(line, {
          x: 'minute',
          y: 'value',
          stroke: 'var(--accent)',
          strokeWidth: 2,
          curve: 'step-after',
        }),
        Plot.dot(points, { x: 'minute', y: 'value', fill: 'var(--c2)', r: 4, title: 'title' }),
        ...(points.length > 20
          ? []
          : [
              Plot.text(points, {
                x: 'minute',
                y: 'value',
                text: 'id',
                dx: 6,
                dy: -8,
                textAnchor: 'start',
                fill: 'var(--muted)',
              }),
            ]),
      ],
    }),
  );
}
