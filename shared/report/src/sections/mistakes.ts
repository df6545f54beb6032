/** Where the chosen candidate is wrong, from its out-of-fold predictions alone. */
import { z } from 'zod';
import { type Content, type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { numberText, oneLine, percentText } from '../html/words.ts';
import { calibrationPlot } from '../plots/calibration.ts';
import { confusionPlot } from '../plots/confusion.ts';
import { residualPlot } from '../plots/residuals.ts';
import { type DiagnosisReport, diagnosisReport } from '../run/diagnosis.ts';
import type { Section, Subject } from './section.ts';

export function mistakesSection({ chosen }: Subject): Section {
  return { id: 'mistakes', title: 'Where it is wrong', body: bodyOf(chosen?.diagnosis ?? null) };
}

function bodyOf(text: string | null): Html | null {
  if (text === null) return null;
  const diagnosis = diagnosisReport(text);
  if (diagnosis === null) return html`<p>There is no diagnosis: ${oneLine(text, 400)}</p>`;
  const { confusion, calibration, residuals, others } = diagnosis;
  return html`
${confusion === undefined ? null : html`${confusionPlot(confusion)}${classTable(confusion)}`}
${calibration === undefined ? null : calibrationPlot(calibration)}
${residuals === undefined ? null : residualPlot(residuals)}
${sliceTable(diagnosis)}
${others.map(({ name, value }) => html`<details><summary>${heading(name)}</summary>${contentOf(value)}</details>`)}`;
}

function classTable({ worstClasses }: NonNullable<DiagnosisReport['confusion']>): Html | null {
  return table(
    worstClasses,
    [
      { title: 'class', cell: (one) => one.class },
      { title: 'rows', is: 'number', cell: ({ rows }) => rows },
      { title: 'recall', is: 'number', cell: ({ recall }) => percentText(recall) },
      { title: 'precision', is: 'number', cell: ({ precision }) => percentText(precision) },
    ],
    { caption: 'Classes by recall, the worst first.' },
  );
}

function sliceTable({ slices }: DiagnosisReport): Html | null {
  if (slices === undefined) return null;
  const caption =
    'Parts of the data on which the mean loss is at least three standard errors above that of all rows.';
  const rows = table(
    slices,
    [
      { title: 'feature', cell: ({ feature }) => feature },
      { title: 'where', is: 'long', cell: ({ slice }) => slice },
      { title: 'rows', is: 'number', cell: (one) => one.rows },
      { title: 'loss', is: 'number', cell: ({ loss }) => numberText(loss) },
      { title: 'of all', is: 'number', cell: ({ overall }) => numberText(overall) },
      { title: 'standard errors', is: 'number', cell: ({ standardErrors }) => numberText(standardErrors) },
    ],
    { caption },
  );
  return (
    rows ??
    html`<p>No part of the data stands out: on none is the loss three standard errors above that of all rows.</p>`
  );
}

const HEADINGS: Readonly<Record<string, string>> = {
  worst: 'The units with the largest loss',
  gap: 'The gap between training and validation',
  runtime: 'Where the time of the training went',
  curves: 'What the learning curves say',
};

/** `labelNoise` as a heading, where it has none of its own. */
function heading(name: string): string {
  const known = HEADINGS[name];
  if (known !== undefined) return known;
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const flatRows = z
  .array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])))
  .min(1);

/** A list of alike things as a table, anything else as it is written. */
function contentOf(value: unknown): Html | null {
  const rows = flatRows.safeParse(value);
  if (!rows.success) return html`<pre>${JSON.stringify(value, null, 1)}</pre>`;
  const names = [...new Set(rows.data.flatMap((row) => Object.keys(row)))];
  return table(
    rows.data,
    names.map((name) => ({ title: name, cell: (row) => cellOf(row[name]) })),
  );
}

function cellOf(value: string | number | boolean | null | undefined): Content {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? numberText(value) : String(value);
}
