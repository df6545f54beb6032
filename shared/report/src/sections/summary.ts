/** The top of the page: what came out, in a handful of numbers. */
import { type Html, html } from '../html/html.ts';
import { durationText, intervalText, momentText, numberText, usdText } from '../html/words.ts';
import { spendingIn } from '../run/spending.ts';
import type { Subject } from './section.ts';
import { trustBadge } from './trust.ts';

export function summaryOf(subject: Subject): Html {
  const { run, input } = subject;
  const began = run.startedAt === null ? '' : `, begun ${momentText(run.startedAt)}`;
  return html`
<h1>${run.task?.name ?? input.run}</h1>
<p class="quiet">run <code>${input.run}</code>${began}</p>
<p class="lead">${run.task?.description.trim() ?? ''}</p>
<p>${outcome(subject)}</p>
<dl class="numbers">${numbers(subject)}</dl>
${attention(run.attention)}`;
}

function outcome({ run }: Subject): Html {
  if (run.end === null) return html`<span class="badge plain">not ended</span> This is what there is so far.`;
  const look = { finished: 'good', cancelled: 'warn' }[run.end.outcome] ?? 'bad';
  return html`<span class="badge ${look}">${run.end.outcome}</span> ${run.end.reason}`;
}

function numbers({ run, chosen, metric }: Subject): Html[] {
  const until = run.end?.at ?? run.seenAt;
  const { microUsd, calls } = spendingIn(run);
  const score = chosen?.score ?? null;
  return [
    number(
      'delivered',
      chosen === null ? 'nothing yet' : html`${chosen.id} <small>${chosen.plan?.name ?? ''}</small>`,
    ),
    number(
      `${metric}, hidden rows`,
      score === null
        ? '—'
        : html`${numberText(score.value)} <small>${intervalText(score)}, ${score.rows} rows</small>`,
    ),
    number(
      `${metric}, holdout`,
      run.holdout === null
        ? html`— <small>${run.noHoldout ?? 'not opened'}</small>`
        : html`${numberText(run.holdout.value)} <small>${intervalText(run.holdout)}, ${run.holdout.rows} rows</small>`,
    ),
    number(
      'checks',
      trustBadge(chosen?.trust ?? null) ?? html`<span class="badge plain">not in the log</span>`,
    ),
    number('deliverable', verification(run.verified)),
    number('time', run.startedAt === null ? '—' : durationText(until - run.startedAt)),
    number(
      'language models',
      html`${usdText(microUsd)} <small>${calls === 0 ? 'none asked' : `${calls} calls`}</small>`,
    ),
  ];
}

function number(name: string, value: Html | string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>
`;
}

function verification(verified: Subject['run']['verified']): Html {
  if (verified === null) return html`<span class="badge plain">not verified yet</span>`;
  return verified.agree
    ? html`<span class="badge good">verified</span>`
    : html`<span class="badge bad">not verified</span>`;
}

function attention(subjects: Subject['run']['attention']): Html | null {
  if (subjects.length === 0) return null;
  const items = subjects.map(
    ({ subject, reason }) =>
      html`<li class="warning"><p><strong>${subject}</strong></p><p>${reason}</p></li>`,
  );
  return html`<h3>Needs attention</h3><ul class="findings">${items}</ul>`;
}
