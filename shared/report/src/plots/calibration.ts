/** Whether what the model calls 80 % comes true eight times of ten. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { numberText, percentText } from '../html/words.ts';
import type { DiagnosisReport } from '../run/diagnosis.ts';
import { figure } from './drawing.ts';

export function calibrationPlot(calibration: NonNullable<DiagnosisReport['calibration']>): Html | null {
  const { bins, error, overconfidence } = calibration;
  if (bins.length === 0) return null;
  const points = bins.map((bin) => ({
    ...bin,
    title: `said ${percentText(bin.said)}, was ${percentText(bin.was)}, ${bin.rows} rows`,
  }));
  const way = overconfidence >= 0 ? 'surer' : 'less sure';
  return figure(
    {
      title: 'Calibration, out-of-fold',
      label: `Share that came true against the probability that was said, in ${bins.length} bins; expected calibration error ${numberText(error)}`,
      caption: `On the dashed line what is said comes true. Expected calibration error ${numberText(error)}; on average ${percentText(Math.abs(overconfidence))} ${way} than right. A larger dot stands for more rows.`,
    },
    (width) => ({
      height: width === 'wide' ? 360 : 300,
      marginLeft: 45,
      ...(width === 'wide' ? { width: 440 } : {}),
      x: { label: 'probability said', domain: [0, 1], ticks: 5, grid: true },
      y: { label: 'share that came true', domain: [0, 1], ticks: 5, grid: true },
      r: { range: [3, 12] },
      marks: [
        Plot.line(
          [
            [0, 0],
            [1, 1],
          ],
          { stroke: 'var(--muted)', strokeDasharray: '4 3' },
        ),
        Plot.line(points, { x: 'said', y: 'was', stroke: 'var(--accent)', strokeWidth: 1.5 }),
        Plot.dot(points, {
          x: 'said',
          y: 'was',
          r: 'rows',
          fill: 'var(--accent)',
          fillOpacity: 0.8,
          title: 'title',
        }),
      ],
    }),
  );
}
