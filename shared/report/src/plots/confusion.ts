/** What is taken for what. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { oneLine } from '../html/words.ts';
import type { DiagnosisReport } from '../run/diagnosis.ts';
import { figure, WIDTHS } from './drawing.ts';

const MOST_CLASSES = 25;

export function confusionPlot({ pairs }: NonNullable<DiagnosisReport['confusion']>): Html | null {
  const classes = [...new Set(pairs.flatMap(({ truth, predicted }) => [truth, predicted]))]
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .slice(0, MOST_CLASSES);
  const cells = pairs
    .filter(({ truth, predicted }) => classes.includes(truth) && classes.includes(predicted))
    .map((pair) => ({ ...pair, title: `${pair.truth} taken for ${pair.predicted}: ${pair.rows} rows` }));
  const most = Math.max(...cells.map(({ rows }) => rows));
  const worst = cells.find(({ rows }) => rows === most);
  if (worst === undefined) return null;
  const letters = Math.min(12, Math.max(...classes.map((one) => one.length)));
  const cell = Math.max(48, 16 + 7 * letters);
  const side = 12 + 7 * letters;
  return figure(
    {
      title: 'Most frequent mistakes, out-of-fold',
      label: `${cells.length} pairs of classes that are confused; the most frequent is ${worst.title}`,
      caption:
        'Rows by class and by what was predicted instead. Right answers are left out; other empty cells are rare mistakes or none.',
    },
    (width) => ({
      height: Math.max(160, 60 + classes.length * 26),
      marginLeft: side + 10,
      marginTop: 52,
      marginBottom: 10,
      ...(width === 'wide' ? { width: Math.min(WIDTHS.wide, side + 40 + classes.length * cell) } : {}),
      padding: 0.06,
      x: {
        label: 'predicted',
        domain: classes,
        axis: 'top',
        tickSize: 0,
        tickFormat: (one) => oneLine(one, 12),
      },
      y: {
        label: 'truth',
        labelAnchor: 'top',
        domain: classes,
        tickSize: 0,
        tickFormat: (one) => oneLine(one, 12),
      },
      marks: [
        Plot.cell(cells, {
          x: 'predicted',
          y: 'truth',
          fill: 'var(--accent)',
          fillOpacity: ({ rows }) => 0.15 + (0.5 * rows) / most,
          title: 'title',
        }),
        Plot.text(cells, { x: 'predicted', y: 'truth', text: 'rows', fill: 'var(--ink)' }),
      ],
    }),
  );
}
