/** Which candidate came from which: a revision from one parent, a combination from two. */
import * as Plot from '@observablehq/plot';
import type { Html } from '../html/html.ts';
import { numberText, oneLine } from '../html/words.ts';
import type { CandidateReport } from '../run/candidate-report.ts';
import { figure, WIDTHS, type Width } from './drawing.ts';
import { type Placed, placed } from './tree-layout.ts';

/** Pixels between candidates, and between generations where there is room. */
const ROW = 24;
const STEP = 26;
/** More rows than anybody reads: the table has them all. */
const MOST = 80;

const COLOURS: Readonly<Record<string, string>> = {
  chosen: 'var(--accent)',
  scored: 'var(--c2)',
  ended: 'var(--bad)',
  open: 'var(--muted)',
};

export function searchTree(candidates: readonly CandidateReport[], chosen: string | null): Html | null {
  if (candidates.length < 2) return null;
  const nodes = placed(candidates.slice(0, MOST)).map((node) => ({ ...node, ...shown(node, chosen) }));
  const at = new Map(nodes.map((node) => [node.candidate.id, node]));
  const elbows = nodes.flatMap(({ candidate, row, depth }) => {
    const from = candidate.parent === null ? undefined : at.get(candidate.parent);
    const { id } = candidate;
    return from === undefined
      ? []
      : [
          { id, x: from.depth, y: from.row },
          { id, x: from.depth, y: row },
          { id, x: depth, y: row },
        ];
  });
  const deepest = Math.max(...nodes.map(({ depth }) => depth));
  return figure(
    {
      title: 'Where the candidates come from',
      label: `${nodes.length} candidates in ${deepest + 1} generations, each joined to what it was made from`,
      legend: [
        { colour: '--accent', name: 'chosen' },
        { colour: '--c2', name: 'scored' },
        { colour: '--bad', name: 'dropped or broken' },
        { colour: '--muted', name: 'under way' },
      ],
    },
    (width) => ({
      height: 24 + ROW * nodes.length,
      margin: 12,
      marginBottom: 12,
      axis: null,
      x: { domain: [0, Math.max(deepest, WIDTHS[width] / STEP)] },
      y: { domain: [-0.5, nodes.length - 0.5], reverse: true },
      marks: [
        Plot.line(elbows, { x: 'x', y: 'y', z: 'id', stroke: 'var(--line)', strokeWidth: 1.5 }),
        Plot.dot(nodes, { x: 'depth', y: 'row', fill: 'colour', r: 4.5, title: 'title' }),
        Plot.text(nodes, {
          x: 'depth',
          y: 'row',
          text: (node) => labelOf(node.candidate, width),
          textAnchor: 'start',
          dx: 9,
          fill: 'var(--ink)',
        }),
      ],
    }),
  );
}

function shown({ candidate }: Placed, chosen: string | null) {
  const { id, state, plan, reason } = candidate;
  const ended = state === 'dropped' || state === 'broken';
  const look = id === chosen ? 'chosen' : state === 'scored' ? 'scored' : ended ? 'ended' : 'open';
  const why = ended && reason !== null ? `\n${oneLine(reason, 300)}` : '';
  return { colour: COLOURS[look] ?? 'var(--muted)', title: `${id} ${plan?.name ?? ''}${why}` };
}

/** Only the first parent is joined by a line; the second, and what a blend is made of, stand in words. */
function labelOf({ id, plan, score, state, partner, members }: CandidateReport, width: Width): string {
  const others = [...(partner === null ? [] : [partner]), ...members];
  const from = others.length === 0 ? '' : ` (with ${others.join(', ')})`;
  const result = score === null ? state : numberText(score.value);
  return oneLine(`${id}  ${result}  ${plan?.name ?? ''}${from}`, width === 'wide' ? 90 : 40);
}
