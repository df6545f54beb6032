/**
 * The report of a run as one page of HTML.
 *
 * It fetches nothing and runs nothing: its security policy allows its one style, by hash, and no script. All text of the
 * run is escaped where it enters (`html/html.ts`); plots are escaped by the document they are drawn on.
 */
import { createHash } from 'node:crypto';
import { Html, html } from './html/html.ts';
import { STYLE } from './html/style.ts';
import type { ReportInput } from './run/input.ts';
import { dataSection } from './sections/data.ts';
import { deliverySection } from './sections/delivery.ts';
import { effortSection } from './sections/effort.ts';
import { leaderboardSection } from './sections/leaderboard.ts';
import { mistakesSection } from './sections/mistakes.ts';
import { searchSection } from './sections/search.ts';
import { subjectOf } from './sections/section.ts';
import { sourcesSection } from './sections/sources.ts';
import { summaryOf } from './sections/summary.ts';
import { trustSection } from './sections/trust.ts';

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function reportPage(input: ReportInput): string {
  const subject = subjectOf(input);
  const sections = [
    trustSection(subject),
    leaderboardSection(subject),
    searchSection(subject),
    mistakesSection(subject),
    dataSection(subject),
    deliverySection(subject),
    effortSection(subject),
    sourcesSection(subject),
  ].filter(({ body }) => body !== null);
  const links = sections.map(({ id, title }) => html`<a href="#${id}">${title}</a> `);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${subject.run.task?.name ?? input.run}: report</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${summaryOf(subject)}
<nav>${links}</nav>
${sections.map(
  ({ id, title, body }) => html`<section id="${id}"><h2>${title}</h2>${body}</section>
`,
)}
<footer>Written by Modelwright ${input.modelwright} from the log of the run. Beside it lie <code>events.jsonl</code>, every decision with its reason; <code>run.json</code>, the manifest; <code>bom.json</code>, what the model is made of; and <code>provenance.json</code>, the digests of all files, which <code>modelwright verify</code> checks.</footer>
</main>
</body>
</html>
`;
  return page.text;
}
