/** The readable text of a page. */
import { compile } from 'html-to-text';

/** What frames a page and is not its text. */
const FRAME = [
  'title',
  'nav',
  'header',
  'footer',
  'aside',
  'script',
  'style',
  'noscript',
  'svg',
  'form',
  'iframe',
  'img',
];
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const textOfHtml = compile({
  wordwrap: false,
  baseElements: { selectors: ['main', 'article', 'body'], returnDomByDefault: true, orderBy: 'selectors' },
  limits: { maxBaseElements: 1, maxDepth: 200, maxInputLength: 4_000_000 },
  selectors: [
    ...FRAME.map((selector) => ({ selector, format: 'skip' })),
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'table', format: 'dataTable', options: { maxColumnWidth: 60, uppercaseHeaderCells: false } },
  ],
});

/** HTML, or any other text as it is. */
export function readableText(type: string, content: string): { title: string | null; text: string } {
  if (type !== 'text/html' && type !== 'application/xhtml+xml') return { title: null, text: content };
  return { title: titleIn(content), text: textOfHtml(content) };
}

function titleIn(html: string): string | null {
  const found = /<title[^>]*>([^<]{1,300})/i.exec(html)?.[1]?.replaceAll(/\s+/g, ' ').trim();
  return found === undefined || found === '' ? null : textOfHtml(`<body>${found}</body>`);
}
