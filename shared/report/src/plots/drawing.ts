/**
 * Plots as SVG, drawn without a browser: Observable Plot on a document of linkedom.
 *
 * Colours are variables of the page's style, so that one drawing serves light and dark. What the library puts into the
 * drawing as style is taken out: the page has it once, and its security policy allows no other.
 */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { Html, harmless, html } from '../html/html.ts';

export interface Figure {
  readonly title: string;
  /** For those who do not see it: what the plot shows, with the numbers that matter. */
  readonly label: string;
  readonly caption?: Html | string;
  readonly legend?: readonly LegendEntry[];
}

export interface LegendEntry {
  /** A variable of the page's style, such as `--c1`. */
  readonly colour: string;
  readonly name: string;
}

/** Pixels of a drawing at its natural size; the page shows the one that fits. */
export const WIDTHS = { wide: 860, narrow: 340 } as const;
export type Width = keyof typeof WIDTHS;

/** Drawn twice, since text of a wide drawing cannot be read on a narrow screen. */
export function figure(
  { title, label, caption, legend }: Figure,
  options: (width: Width) => Plot.PlotOptions,
): Html {
  return html`<figure>
<h3>${title}</h3>
${legend === undefined ? null : legendOf(legend)}
<div class="wide">${drawing(options('wide'), 'wide', label)}</div>
<div class="narrow">${drawing(options('narrow'), 'narrow', label)}</div>
${caption === undefined ? null : html`<figcaption>${caption}</figcaption>`}
</figure>`;
}

function drawing(options: Plot.PlotOptions, width: Width, label: string): Html {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  // Room for labels in the page's size of letters, which is larger than the library's.
  const x = { labelOffset: 38, ...options.x };
  const room = { marginBottom: 44, width: WIDTHS[width], ...options, x };
  const svg = Plot.plot({ ...room, document, className: 'plot' });
  for (const style of svg.querySelectorAll('style')) style.remove();
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  return new Html(harmless(svg.outerHTML));
}

function legendOf(entries: readonly LegendEntry[]): Html {
  const keys = entries.map(
    ({ colour, name }) =>
      html`<li><svg viewBox="0 0 10 10" class="key" aria-hidden="true"><circle cx="5" cy="5" r="4" fill="var(${colour})"></circle></svg>${name}</li>`,
  );
  return html`<ul class="legend">${keys}</ul>`;
}
