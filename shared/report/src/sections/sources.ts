/** What was read and fetched, who answered, and where the rest of the record is. */
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { bytesText, countText } from '../html/words.ts';
import { fetchedIn } from '../run/measured.ts';
import type { Section, Subject } from './section.ts';

export function sourcesSection({ run, input }: Subject): Section {
  const fetched = fetchedIn(input.outcomes);
  const { agents, web } = input.used;
  const body = html`
<h3>Data</h3>
${hashes(run)}
<h3>Pretrained weights and other files</h3>
${
  table(fetched.assets, [
    { title: 'name', cell: ({ name }) => name },
    { title: 'from', is: 'long', cell: ({ source }) => source },
    { title: 'licence', cell: ({ licence }) => licence ?? 'not stated' },
    { title: 'size', is: 'number', cell: ({ bytes }) => bytesText(bytes) },
    { title: 'sha256', is: 'long', cell: (asset) => html`<code>${asset.sha256}</code>` },
  ]) ?? html`<p>None.</p>`
}
<h3>Looked up</h3>
${
  table(web, [
    { title: 'by', cell: ({ assignment }) => html`<code>${shortId(assignment, input.run)}</code>` },
    { title: 'with', cell: ({ tool }) => tool },
    { title: 'what', is: 'long', cell: ({ asked }) => asked },
    { title: '', cell: ({ failed }) => (failed ? 'refused or failed' : '') },
  ]) ?? html`<p>Nothing.</p>`
}
<h3>Who answered</h3>
${
  table(agents, [
    { title: 'assignment', cell: ({ assignment }) => html`<code>${shortId(assignment, input.run)}</code>` },
    { title: 'role', cell: ({ role }) => role },
    { title: 'answered by', cell: ({ models }) => (models.length === 0 ? 'playbook' : models.join(', ')) },
    { title: 'turns', is: 'number', cell: ({ turns }) => turns },
    { title: 'prompt', cell: ({ prompt }) => html`<code>${prompt?.system.slice(0, 12) ?? ''}</code>` },
  ]) ?? html`<p>Nobody yet.</p>`
}
${fetched.environments.length === 0 ? null : html`<p class="quiet">${countText(fetched.environments.length, 'environment')} built: <code>${fetched.environments.map((one) => one.slice(0, 12)).join(' ')}</code></p>`}
${takenOver(run.takenOver)}`;
  return { id: 'sources', title: 'What was read and fetched', body };
}

function hashes({ submitted, data }: Subject['run']): Html | null {
  const stores = [
    ['the folder as it was given', submitted?.source ?? null],
    ...Object.entries(data?.datasets ?? {}).map(([name, tree]) => [name, tree] as const),
    ['hidden labels', data?.truth ?? null],
  ] as const;
  const known = stores.flatMap(([name, tree]) => (tree === null ? [] : [{ name, tree }]));
  return table(known, [
    { title: 'what', cell: ({ name }) => name },
    { title: 'size', is: 'number', cell: ({ tree }) => bytesText(tree.size) },
    { title: 'sha256', is: 'long', cell: ({ tree }) => html`<code>${tree.sha256}</code>` },
  ]);
}

function takenOver(roles: Subject['run']['takenOver']): Html | null {
  if (roles.length === 0) return null;
  return html`<p class="warn">The playbook took over: ${roles.map(({ role, reason }) => `${role} (${reason})`).join('; ')}</p>`;
}

/** Ids begin with the run's, which the reader knows. */
function shortId(id: string, run: string): string {
  return id.startsWith(`${run}_`) ? id.slice(run.length + 1) : id;
}
