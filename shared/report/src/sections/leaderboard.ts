/** Every candidate: its numbers, its cost, what it is, and what became of it. */
import { type Content, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { durationText, intervalText, numberText, oneLine, signedText } from '../html/words.ts';
import { intervalsPlot } from '../plots/intervals.ts';
import type { CandidateReport } from '../run/candidate-report.ts';
import type { Section, Subject } from './section.ts';
import { trustBadge } from './trust.ts';

export function leaderboardSection({ sorted, chosen, metric, toward, run }: Subject): Section {
  const better = toward === 'maximize' ? 'higher' : 'lower';
  const rows = table<CandidateReport>(
    sorted,
    [
      { title: 'candidate', cell: ({ id }) => id },
      { title: 'what it is', is: 'long', cell: whatItIs },
      {
        title: metric,
        is: 'number',
        cell: ({ score, state }) => (score === null ? state : numberText(score.value)),
      },
      {
        title: '95 % interval',
        is: 'number',
        cell: ({ score }) => (score === null ? '' : intervalText(score)),
      },
      { title: 'out-of-fold', is: 'number', cell: ({ trained }) => numberOr(trained?.oof.value) },
      { title: 'own number', is: 'number', cell: ({ trained }) => numberOr(trained?.claimed) },
      { title: 'training', is: 'number', cell: trainingText },
      { title: 'checks', cell: ({ trust }) => trustBadge(trust) },
    ],
    { chosen: ({ id }) => id === chosen?.id },
  );
  const rounded =
    'Hidden scores are rounded to a quarter of their standard error: no more leaves the grader during a search.';
  const body = html`
<p>Judged by ${metric}, ${better} is better. ${rounded}</p>
${run.winner === null ? null : html`<p>Chosen: <strong>${run.winner.candidate}</strong>, ${run.winner.reason}</p>`}
${intervalsPlot(sorted, metric, chosen?.id ?? null)}
${rows ?? html`<p>There is no candidate yet.</p>`}
${comparisons(sorted)}`;
  return { id: 'leaderboard', title: 'Leaderboard', body };
}

function whatItIs({ plan, state, reason: said, excluded, members, reseeds }: CandidateReport): Content {
  const ended = excluded !== null || state === 'dropped' || state === 'broken';
  const reason = excluded ?? said;
  const why = ended && reason !== null ? html`<div class="quiet">${oneLine(reason, 300)}</div>` : null;
  const parts = members.length === 0 ? null : html`<div class="quiet">of ${members.join(', ')}</div>`;
  return html`${plan?.name ?? 'not planned yet'}${parts}${seedsText(reseeds)}${why}`;
}

/** How long the chosen one took, and of how many it was chosen. */
function trainingText({ trained, trials }: CandidateReport): string {
  if (trained === null) return '';
  const took = durationText(trained.seconds * 1000);
  return trials.length > 1 ? `${took}, of ${trials.length}` : took;
}

/** Two digits: differences are known no better. */
function shortText(value: number): string {
  return signedText(Number(value.toPrecision(2)));
}

function seedsText(reseeds: CandidateReport['reseeds']): Content {
  if (reseeds.length === 0) return null;
  return html`<div class="quiet">with other seeds ${reseeds.map(({ score }) => numberText(score.value)).join(', ')}</div>`;
}

/** Each with the best of its time, on the same rows. */
function comparisons(sorted: readonly CandidateReport[]): Content {
  const compared = sorted.flatMap(({ id, comparison }) =>
    comparison === null ? [] : [{ id, ...comparison }],
  );
  return table(
    compared.toSorted((a, b) => (a.queries ?? 0) - (b.queries ?? 0)),
    [
      { title: 'candidate', cell: ({ id }) => id },
      { title: 'against', cell: ({ against }) => against },
      {
        title: 'difference',
        is: 'number',
        cell: ({ difference, standardError }) =>
          `${shortText(difference)} ± ${shortText(standardError).slice(1)}`,
      },
      {
        title: 'to exceed',
        is: 'number',
        cell: ({ gate }) => (gate === undefined ? '' : shortText(gate).slice(1)),
      },
      { title: 'question', is: 'number', cell: ({ queries }) => queries ?? '' },
      {
        title: '',
        cell: ({ better }) =>
          better
            ? html`<span class="good">better past noise</span>`
            : html`<span class="quiet">within noise</span>`,
      },
    ],
    {
      caption:
        'Each new candidate beside the best of its time, on the same hidden rows. The more often hidden labels have been asked, the more a difference has to exceed.',
    },
  );
}

function numberOr(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : numberText(value);
}
