import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { reportPage } from './page.ts';
import { logOf, plan, sampleInput } from './testing/sample-run.ts';

/** The page as a parser sees it, which is as a browser does. */
const documentOf = (page: string) => parseHTML(page).document;

const HOSTILE = [
  `</title></style></svg></td></pre><script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)' x='`,
  `<style>@import url(https://example.org/x.css)</style>`,
  `<svg onload=alert(1)><a xlink:href="javascript:alert(1)">`,
  `<iframe src="https://example.org"></iframe><meta http-equiv=refresh content="0;url=https://example.org">`,
  `&lt;script&gt; \u202egnp.exe\u2066 \u0000\u001b[31mred`,
  ']]><!--<script>-->',
];

/** Everything in it that would run or fetch. */
function dangers(page: string): string[] {
  const document = documentOf(page);
  const found: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName.toLowerCase();
    if (
      ['script', 'iframe', 'object', 'embed', 'img', 'image', 'link', 'base', 'form', 'use'].includes(name)
    ) {
      found.push(name);
    }
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute) || ['src', 'style', 'xlink:href'].includes(attribute)) found.push(attribute);
      if (attribute === 'href' && !value.startsWith('#')) found.push(`href ${value}`);
    }
  }
  const refreshes = document.querySelectorAll('meta[http-equiv]');
  if (refreshes.length !== 1 || document.querySelectorAll('style').length !== 1) found.push('head');
  return found;
}

describe('the page of a report', () => {
  it.each(HOSTILE)('shows what a run says as text, whatever it says: %j', (text) => {
    const page = reportPage(sampleInput({ text }));
    expect(dangers(page)).toEqual([]);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that they are gone is what is tested.
    expect(page).not.toMatch(/[\u0000\u001b\u202e\u2066]/);
  });

  it('shows any text at all as text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        expect(dangers(reportPage(sampleInput({ text: `<${text}` })))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it('allows no script, and of style its own alone', () => {
    const document = documentOf(reportPage(sampleInput()));
    const policy = document
      .querySelector('meta[http-equiv="Content-Security-Policy"]')
      ?.getAttribute('content');
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; base-uri 'none'/);
  });

  it('says what was chosen, how good it is by each number, and what the checks found', () => {
    const text = documentOf(reportPage(sampleInput())).querySelector('main')?.textContent ?? '';
    expect(text).toContain('0.88');
    expect(text).toContain('0.86 … 0.9');
    expect(text).toContain('claimed-too-good');
    expect(text).toContain('duplicates-across-parts');
    expect(text).toContain('5 Wh');
    expect(text).toContain('Worst units');
  });

  it('has a wide and a narrow drawing of every plot, each with a label for those who do not see it', () => {
    const document = documentOf(reportPage(sampleInput()));
    const figures = [...document.querySelectorAll('figure')];
    expect(figures.length).toBeGreaterThanOrEqual(8);
    for (const figure of figures) {
      const drawings = [...figure.querySelectorAll('svg[role=img]')];
      expect(drawings.map((svg) => svg.parentElement?.className)).toEqual(['wide', 'narrow']);
      expect(drawings.every((svg) => (svg.getAttribute('aria-label') ?? '').length > 10)).toBe(true);
      expect(figure.innerHTML).not.toContain('NaN');
    }
  });

  it.each([0, 1, 2, 3, 6, 9, 12])(
    'is written of a run that has come no further than its first %i records',
    (count) => {
      const input = sampleInput();
      const page = reportPage({ ...input, log: input.log.slice(0, count), outcomes: [], curves: [] });
      expect(page).toContain('not ended');
      expect(page).not.toContain('NaN');
      expect(page).not.toContain('undefined');
    },
  );

  it('leaves out what a record says that was written without having seen everything', () => {
    const input = sampleInput();
    const foreign = logOf([
      { type: 'candidate-planned', candidate: 'c9', plan: plan('stranger'), parent: null },
    ]);
    const stray = foreign.map(({ body }) => ({ sequence: 99, body: { ...body, previous: 3 } }));
    expect(reportPage({ ...input, log: [...input.log, ...stray] })).not.toContain('stranger');
  });
});
