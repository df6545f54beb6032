import { describe, expect, it } from 'vitest';
import { readableText } from './page-text.ts';

const html = (body: string) => `<html><head><title>A &amp; B</title><style>p{}</style></head>${body}</html>`;

describe('the text of a page', () => {
  it('is what stands in its main part, without what frames it', () => {
    const page = html(
      '<body><nav>Home</nav><main><h1>Trees</h1><p>They <a href="/x">grow</a>.</p><script>x()</script><pre>a = 1\n  b</pre></main><footer>Imprint</footer></body>',
    );
    expect(readableText('text/html', page)).toEqual({
      title: 'A & B',
      text: 'Trees\n\nThey grow.\n\na = 1\n  b',
    });
  });

  it('is the whole body where there is no main part', () => {
    expect(readableText('text/html', html('<body><p>One</p><p>Two</p></body>')).text).toBe('One\n\nTwo');
  });

  it('keeps a table in columns', () => {
    const table = '<table><tr><th>name</th><th>value</th></tr><tr><td>depth</td><td>6</td></tr></table>';
    expect(readableText('text/html', html(`<body>${table}</body>`)).text).toBe('name    value\ndepth   6');
  });

  it('is the content itself where that is plain', () => {
    expect(readableText('text/plain', '<b>x</b>')).toEqual({ title: null, text: '<b>x</b>' });
  });

  it('comes out of the deepest nesting without harm', () => {
    const deep = `${'<div>'.repeat(20_000)}x${'</div>'.repeat(20_000)}`;
    expect(() => readableText('text/html', html(`<body>${deep}</body>`))).not.toThrow();
  });
});
