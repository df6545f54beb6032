/** Where a regression errs: its bias and its mean error by the size of the truth. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { numberText, signedText } from '../html/words.ts';
import type { DiagnosisReport } from '../run/diagnosis.ts';
import { figure } from './drawing.ts';

export function residualPlot({ byTruth, bias }: NonNullable<DiagnosisReport['residuals']>): Html | null {
  if (byTruth.length === 0) return null;
  const bars = byTruth.map((part) => ({
    ...part,
    name: `${numberText(part.from)} to ${numberText(part.to)}`,
    title: `truth ${numberText(part.from)} to ${numberText(part.to)}, ${part.rows} rows: bias ${signedText(part.bias)}, mean absolute error ${numberText(part.meanAbsolute)}`,
  }));
  return figure(
    {
      title: 'Errors by the size of the truth, out-of-fold',
      label: `Bias and mean absolute error in ${bars.length} parts of the truth; bias of all ${signedText(bias)}`,
      legend: [
        { colour: '--accent', name: 'bias: mean of prediction − truth' },
        { colour: '--c3', name: 'mean absolute error' },
      ],
      caption: `Bias of all rows ${signedText(bias)}. Bars that go down from left to right mean that small values are predicted too large and large ones too small.`,
    },
    (width) => ({
      height: 260,
      marginLeft: 55,
      marginBottom: width === 'wide' ? 44 : 66,
      x: {
        label: 'truth',
        labelOffset: width === 'wide' ? 38 : 60,
        domain: bars.map(({ name }) => name),
        tickSize: 0,
        ...(width === 'narrow' ? { tickRotate: -30 } : {}),
      },
      y: { label: 'prediction − truth', grid: true, nice: true, ticks: 6 },
      marks: [
        Plot.barY(bars, {
          x: 'name',
          y: 'bias',
          fill: 'var(--accent)',
          fillOpacity: 0.75,
          title: 'title',
          inset: 8,
        }),
        Plot.ruleY([0], { stroke: 'var(--muted)' }),
        Plot.tickY(bars, {
          x: 'name',
          y: 'meanAbsolute',
          stroke: 'var(--c3)',
          strokeWidth: 3,
          title: 'title',
        }),
      ],
    }),
  );
}
