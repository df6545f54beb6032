/** Reading pages from a server of this machine: which is allowed here, and nowhere else. */
import { createServer, type RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { isPublicAddress } from './public-addresses.ts';
import { type PageReader, readPage } from './public-page.ts';
import { searchWith } from './search-engine.ts';

const local: PageReader = { isAllowed: () => true, timeoutMs: 5000, maxBytes: 1000 };
const anything = () => null;
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function serving(answer: RequestListener): Promise<(path: string) => URL> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return (path) => new URL(path, `http://localhost:${port}`);
}

const answering =
  (
    body: string | Buffer,
    headers: Record<string, string> = { 'content-type': 'text/plain' },
  ): RequestListener =>
  (_request, response) => {
    response.writeHead(200, headers).end(body);
  };

describe('a page', () => {
  it('is read as text', async () => {
    const at = await serving(
      answering('<title>T</title><p>é</p>', { 'content-type': 'text/html; charset=utf-8' }),
    );
    const url = at('/a');
    expect(await readPage(url, anything, local)).toEqual({
      kind: 'had',
      what: { url: url.href, title: 'T', text: 'é', cut: false },
    });
  });

  it('is read in the encoding that the server names', async () => {
    const at = await serving(
      answering(Buffer.from([0xe9]), { 'content-type': 'text/plain; charset=latin1' }),
    );
    expect(await readPage(at('/'), anything, local)).toMatchObject({ what: { text: 'é' } });
  });

  it('is cut where it is too long, also when it was small on its way', async () => {
    const headers = { 'content-type': 'text/plain', 'content-encoding': 'gzip' };
    const at = await serving(answering(gzipSync('x'.repeat(5_000_000)), headers));
    const read = await readPage(at('/'), anything, local);
    expect(read).toMatchObject({ what: { text: 'x'.repeat(1000), cut: true } });
  });

  it('is followed through redirects, each judged anew', async () => {
    const at = await serving((request, response) => {
      if (request.url === '/end') response.writeHead(200, { 'content-type': 'text/plain' }).end('end');
      else response.writeHead(302, { location: '/end' }).end();
    });
    expect(await readPage(at('/start'), anything, local)).toMatchObject({ what: { text: 'end' } });
    const judge = (url: URL) => (url.pathname === '/end' ? 'not there' : null);
    expect(await readPage(at('/start'), judge, local)).toEqual({ kind: 'refused', reason: 'not there' });
  });

  it('is not followed for ever', async () => {
    const at = await serving((_request, response) => response.writeHead(301, { location: '/again' }).end());
    expect(await readPage(at('/'), anything, local)).toMatchObject({
      reason: expect.stringContaining('more than 5 times'),
    });
  });

  it.each([
    [
      'an error',
      (_: unknown, response: Parameters<RequestListener>[1]) => response.writeHead(503).end(),
      'answered 503',
    ],
    ['a picture', answering('x', { 'content-type': 'image/png' }), 'it is image/png'],
    ['a dead line', (request: Parameters<RequestListener>[0]) => request.socket.destroy(), 'hang up'],
  ] as [string, RequestListener, string][])(
    'that is %s is refused with the reason',
    async (_what, answer, reason) => {
      const at = await serving(answer);
      expect(await readPage(at('/'), anything, local)).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining(reason),
      });
    },
  );

  it('that never comes is given up', async () => {
    const at = await serving(() => undefined);
    expect(await readPage(at('/'), anything, { ...local, timeoutMs: 50 })).toMatchObject({
      reason: expect.stringContaining('did not answer within 0.05 s'),
    });
  });

  it('of this machine is never asked for by who reads public pages only', async () => {
    let asked = 0;
    const at = await serving((_request, response) => {
      asked += 1;
      response.end('secret');
    });
    const reader = { ...local, isAllowed: isPublicAddress };
    const byName = at('/');
    const byAddress = new URL(`http://127.0.0.1:${byName.port}/`);
    const bySix = new URL(`http://[::ffff:127.0.0.1]:${byName.port}/`);
    for (const url of [byName, byAddress, bySix]) {
      expect(await readPage(url, anything, reader)).toMatchObject({
        reason: expect.stringContaining('public address'),
      });
    }
    expect(asked).toBe(0);
  });
});

describe('a search engine', () => {
  it('is asked for JSON, and its results are had', async () => {
    const queries: (string | undefined)[] = [];
    const at = await serving((request, response) => {
      queries.push(request.url);
      response.end(
        JSON.stringify({ results: [{ url: 'https://x.org/', title: 'X', content: null, engine: 'e' }] }),
      );
    });
    expect(await searchWith(at('/search?lang=en').href, 'a b')).toEqual({
      kind: 'had',
      what: [{ url: 'https://x.org/', title: 'X', snippet: '' }],
    });
    expect(queries).toEqual(['/search?lang=en&q=a+b&format=json']);
  });

  it.each([
    [
      'an error',
      (_: unknown, response: Parameters<RequestListener>[1]) => response.writeHead(429).end(),
      '429',
    ],
    ['something else', answering('{"hits": []}'), 'something else than results'],
    ['no JSON', answering('<html>'), 'JSON'],
  ] as [string, RequestListener, string][])(
    'that answers %s is said to fail',
    async (_what, answer, reason) => {
      const at = await serving(answer);
      expect(await searchWith(at('/').href, 'x')).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining(reason),
      });
    },
  );
});
