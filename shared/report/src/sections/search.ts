/** How the search went: scores over time, descent, curves of the trainings. */
import { html } from '../html/html.ts';
import { curvePlots } from '../plots/curves.ts';
import { progressPlot } from '../plots/progress.ts';
import { searchTree } from '../plots/search-tree.ts';
import type { Section, Subject } from './section.ts';

export function searchSection({ run, metric, chosen, sorted, input }: Subject): Section {
  const order = [chosen?.id, ...sorted.map(({ id }) => id)];
  const curves = curvePlots(
    input.curves.toSorted((a, b) => order.indexOf(a.candidate) - order.indexOf(b.candidate)),
  );
  const insights = run.insights.map(
    ({ note, role, candidate }) => html`<li>${note} <span class="quiet">${role}, ${candidate}</span></li>`,
  );
  const body = html`
${progressPlot(run, metric)}
${searchTree(run.candidates, chosen?.id ?? null)}
${
  curves.length === 0
    ? null
    : html`<h3>Training curves</h3><p class="quiet">Of the chosen candidate and of the best others, as their trainings reported them.</p>${curves}`
}
${insights.length === 0 ? null : html`<h3>What was learned about the data</h3><ul>${insights}</ul>`}`;
  return { id: 'search', title: 'The search', body };
}
