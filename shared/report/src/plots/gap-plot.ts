/** The same candidates by their own number, out-of-fold, score and holdout: a line that is long promised too much. */

import type { Score } from '@modelwright/contracts';
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { numberText, oneLine } from '../html/words.ts';
import type { CandidateReport } from '../run/candidate-report.ts';
import { figure } from './drawing.ts';

const MOST = 20;

const KINDS = [
  { kind: 'own', colour: '--c4', name: "the training's own number" },
  { kind: 'out-of-fold', colour: '--c2', name: 'out-of-fold, by the harness' },
  { kind: 'score', colour: '--accent', name: 'hidden score' },
  { kind: 'holdout', colour: '--c3', name: 'holdout, opened once' },
] as const;

interface Mark {
  readonly id: string;
  readonly kind: string;
  readonly value: number;
  readonly colour: string;
  readonly title: string;
}

/** @param sorted The best first. */
export function gapPlot(
  sorted: readonly CandidateReport[],
  {
    metric,
    chosen,
    holdout,
  }: { readonly metric: string; readonly chosen: string | null; readonly holdout: Score | null },
): Html | null {
  const scored = sorted.filter(({ score }) => score !== null).slice(0, MOST);
  const marks = scored.flatMap((candidate) => marksOf(candidate, candidate.id === chosen ? holdout : null));
  if (marks.length === 0) return null;
  const spans = scored.map(({ id }) => {
    const values = marks.flatMap((mark) => (mark.id === id ? [mark.value] : []));
    return { id, low: Math.min(...values), high: Math.max(...values) };
  });
  const left = 12 + 7 * Math.min(14, Math.max(...scored.map(({ id }) => id.length)));
  return figure(
    {
      title: 'Four numbers of the same candidate',
      label: `Own number, out-of-fold, hidden score and holdout of ${scored.length} candidates by ${metric}`,
      legend: KINDS.filter(({ kind }) => marks.some((mark) => mark.kind === kind)),
      caption:
        'They should lie close together. A number of its own far better than the others was believed too early; an out-of-fold score far better than the hidden one means that something leaks between folds, or that the hidden rows differ.',
    },
    () => ({
      height: 50 + 22 * scored.length,
      marginLeft: left,
      marginRight: 20,
      insetLeft: 10,
      x: { label: metric, grid: true, nice: true, ticks: 5 },
      y: {
        label: null,
        domain: scored.map(({ id }) => id),
        tickSize: 0,
        tickFormat: (id) => oneLine(id, 14),
      },
      marks: [
        Plot.ruleY(spans, { y: 'id', x1: 'low', x2: 'high', stroke: 'var(--line)', strokeWidth: 3 }),
        Plot.dot(marks, { y: 'id', x: 'value', fill: 'colour', r: 4.5, title: 'title' }),
      ],
    }),
  );
}

function marksOf(candidate: CandidateReport, holdout: Score | null): Mark[] {
  const values: Readonly<Record<(typeof KINDS)[number]['kind'], number | null>> = {
    own: candidate.trained?.claimed ?? null,
    'out-of-fold': candidate.trained?.oof.value ?? null,
    score: candidate.score?.value ?? null,
    holdout: holdout?.value ?? null,
  };
  return KINDS.flatMap(({ kind, colour, name }) => {
    const value = values[kind];
    if (value === null) return [];
    const title = `${candidate.id}, ${name}: ${numberText(value)}`;
    return [{ id: candidate.id, kind, value, colour: `var(${colour})`, title }];
  });
}
