/** What was delivered, and what proves it. */
import { type Html, html } from '../html/html.ts';
import type { Section, Subject } from './section.ts';

export function deliverySection({ run, chosen }: Subject): Section {
  const { model, compared, verified, requirements, winner } = run;
  if (winner === null) return { id: 'delivery', title: 'Delivery', body: null };
  const trained =
    model === null
      ? null
      : html`<p>${model.refitted ? 'Refitted on all labelled rows' : 'As it was scored, not refitted'}: ${model.reason}</p>`;
  const body = html`
${trained}
${compared === null ? null : comparison(compared)}
${verified === null ? html`<p class="warn">Not verified yet.</p>` : verdict(verified)}
${chosen?.plan == null ? null : planList(chosen.plan)}
${chosen?.trained == null ? null : html`<details><summary>Configuration</summary><pre>${JSON.stringify(chosen.trained.config, null, 1)}</pre></details>`}
${requirements === null ? null : html`<details><summary>Packages it needs</summary><pre>${requirements}</pre></details>`}`;
  return { id: 'delivery', title: 'Delivery', body };
}

function verdict({ agree, notes }: { readonly agree: boolean; readonly notes: readonly string[] }): Html {
  const said = agree
    ? html`<p><span class="badge good">verified</span> In a fresh environment made from its requirements, without network, the delivered program reproduced what the model had predicted before.</p>`
    : html`<p><span class="badge bad">not verified</span> In a fresh environment the delivered program did not reproduce what the model had predicted before, or what it hands in has not the form that was asked for.</p>`;
  return html`${said}${noteList(notes)}`;
}

function comparison({ agree, notes }: { readonly agree: boolean; readonly notes: readonly string[] }): Html {
  const said = agree
    ? 'The refitted model says what the scored one says, within what noise explains.'
    : 'The refitted model does not say what the scored one says.';
  return html`<p>${said}</p>${noteList(notes)}`;
}

function noteList(notes: readonly string[]): Html | null {
  return notes.length === 0 ? null : html`<ul>${notes.map((note) => html`<li>${note}</li>`)}</ul>`;
}

function planList(plan: NonNullable<NonNullable<Subject['chosen']>['plan']>): Html {
  const parts = [
    ['What it is', plan.summary],
    ['Why', plan.reason],
    ['Architecture', plan.architecture],
    ['Features', plan.pipeline],
    ['Loss', plan.loss],
    ['Regularisation', plan.regularisation],
  ] as const;
  return html`<h3>${plan.name}</h3>${parts
    .filter(([, text]) => text.trim() !== '')
    .map(([name, text]) => html`<p><strong>${name}.</strong> ${text}</p>`)}`;
}
