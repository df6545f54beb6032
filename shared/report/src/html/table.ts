/** Tables. A wide one scrolls by itself, not the page. */
import { type Content, type Html, html } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Content;
  /** Numbers are aligned to the right; long text is broken. */
  readonly is?: 'number' | 'long';
}

export interface TableOptions<Row> {
  readonly caption?: string;
  readonly chosen?: (row: Row) => boolean;
}

/** Nothing where there is no row. A column without any content is left out. */
export function table<Row>(
  rows: readonly Row[],
  all: readonly Column<Row>[],
  { caption, chosen }: TableOptions<Row> = {},
): Html | null {
  if (rows.length === 0) return null;
  const columns = all.filter(({ cell }) => rows.some((row) => !isEmpty(cell(row))));
  const head = columns.map(({ title, is }) => html`<th scope="col" class="${is ?? ''}">${title}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map(({ cell, is }) => html`<td class="${is ?? ''}">${cell(row)}</td>`);
    return html`<tr class="${chosen?.(row) === true ? 'chosen' : ''}">${cells}</tr>
`;
  });
  const said = caption === undefined ? null : html`<p class="caption">${caption}</p>`;
  return html`${said}<div class="scroll" tabindex="0"><table aria-label="${caption ?? ''}">
<thead><tr>${head}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}

function isEmpty(content: Content): boolean {
  return content === null || content === '';
}
