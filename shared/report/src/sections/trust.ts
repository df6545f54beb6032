/** Whether the number can be believed: four numbers of each candidate, what the checks found, and what they could not see. */
import type { Finding, Trust } from '@modelwright/contracts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { numberText, signedText } from '../html/words.ts';
import { gapPlot } from '../plots/gap-plot.ts';
import { type Gap, gapsOf, isNotable } from '../run/gaps.ts';
import { dataFindings } from '../run/run-report.ts';
import type { Section, Subject } from './section.ts';

export function trustSection(subject: Subject): Section {
  const { run, chosen, metric, sorted } = subject;
  const body = html`
${chosen === null ? null : verdict(subject)}
${gapPlot(sorted, { metric, chosen: chosen?.id ?? null, holdout: run.holdout })}
${gapTable(subject)}
<h3>What the checks of the data found</h3>
${findingList(dataFindings(run), 'Nothing.')}
<h3>What the checks of the candidates found</h3>
${candidateFindings(subject)}
<p class="quiet">${labelsText(subject)} ${isolationText(subject)}</p>`;
  return { id: 'trust', title: 'Can the number be believed?', body };
}

export function trustBadge(trust: Trust | null): Html | null {
  if (trust === null) return null;
  const look = { verified: 'good', unverified: 'warn', suspicious: 'bad' } as const;
  return html`<span class="badge ${look[trust.label]}">${trust.label}</span>`;
}

function verdict({ chosen }: Subject): Html | null {
  if (chosen === null) return null;
  const { trust } = chosen;
  if (trust === null) return null;
  const none = trust.label === 'verified' ? ': every check was made and found nothing.' : '';
  const reasons = trust.reasons.length === 0 ? none : `: ${trust.reasons.join('; ')}`;
  return html`<p>${trustBadge(trust)} ${chosen.id}${reasons}</p>`;
}

interface GapRow extends Gap {
  readonly candidate: string;
}

const NAMES = {
  own: 'own number',
  'out-of-fold': 'out-of-fold',
  score: 'hidden score',
  holdout: 'holdout',
} as const;

function gapTable({ chosen, run, sorted, toward }: Subject): Html | null {
  const rows: GapRow[] = sorted.flatMap((candidate) =>
    gapsOf(candidate, candidate.id === chosen?.id ? run.holdout : null, toward).map((gap) => ({
      ...gap,
      candidate: candidate.id,
    })),
  );
  const first = rows.filter((row) => row.candidate === chosen?.id || isNotable(row));
  return table<GapRow>(
    first,
    [
      { title: 'candidate', cell: ({ candidate }) => candidate },
      { title: 'promised by', cell: ({ promise }) => NAMES[promise] },
      { title: 'held against', cell: ({ fact }) => NAMES[fact] },
      { title: 'better by', is: 'number', cell: ({ by }) => signedText(by) },
      {
        title: 'standard errors',
        is: 'number',
        cell: ({ standardErrors }) => (standardErrors === null ? '' : numberText(standardErrors)),
      },
      { title: '', cell: (row) => (isNotable(row) ? html`<span class="warn">more than noise</span>` : '') },
    ],
    {
      caption:
        'How much better each number promised to be than the next; the chosen candidate, and all where noise does not explain it.',
    },
  );
}

function candidateFindings({ run }: Subject): Html {
  const found = run.candidates.filter(({ findings }) => findings.length > 0);
  const checked = run.candidates.filter(({ trust }) => trust !== null);
  if (found.length === 0) {
    const made = checked.length > 0;
    return html`<p>${made ? 'Nothing.' : 'No check of a candidate is in the log.'}</p>`;
  }
  return html`${found.map(({ id, findings }) => html`<h3>${id}</h3>${findingList(findings, '')}`)}`;
}

const ORDER = { suspicious: 0, warning: 1, note: 2 } as const;

export function findingList(findings: readonly Finding[], none: string): Html {
  if (findings.length === 0) return html`<p>${none}</p>`;
  const items = findings
    .toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity])
    .map(
      ({ check, severity, evidence, remedy }) =>
        html`<li class="${severity}"><p><strong>${check}</strong> <span class="quiet">${severity}</span></p><p>${evidence}</p>${
          remedy === null ? null : html`<p class="remedy">${remedy}</p>`
        }</li>`,
    );
  return html`<ul class="findings">${items}</ul>`;
}

function labelsText({ run }: Subject): string {
  return run.isolation.none > 0
    ? 'Labels: sealed, not isolated. Some programs of candidates ran without a sandbox, so that nothing is proven by labels having been out of their reach.'
    : 'Labels: sealed, and out of reach of the programs of candidates.';
}

function isolationText({ run }: Subject): string {
  const { contained, partial, none } = run.isolation;
  const parts = [
    contained > 0 ? `${contained} contained` : '',
    partial > 0 ? `${partial} partly contained` : '',
    none > 0 ? `${none} not contained` : '',
  ].filter((one) => one !== '');
  return parts.length === 0 ? '' : `Programs: ${parts.join(', ')}.`;
}
