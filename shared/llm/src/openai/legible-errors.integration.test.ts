import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { fetchLegibly } from './legible-errors.ts';

/** What is read of a server that answers so. */
async function readFrom(answer: (response: ServerResponse) => void) {
  const server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const response = await fetchLegibly(`http://127.0.0.1:${port}/`);
    return { status: response.status, body: await response.json() };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('an error of a server', () => {
  it('that has the usual form stays as it is', async () => {
    const body = { error: { message: 'No.', code: 'no' } };
    expect(await readFrom((response) => response.writeHead(400).end(JSON.stringify(body)))).toEqual({
      status: 400,
      body,
    });
  });

  it('in other words has them as its message', async () => {
    const read = await readFrom((response) => response.writeHead(422).end('{"detail": "Ünknown."}'));
    expect(read).toEqual({ status: 422, body: { error: { message: '{"detail": "Ünknown."}' } } });
  });

  it('that never ends is not read to its end', async () => {
    const read = await readFrom((response) => {
      response.writeHead(500);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(read).toMatchObject({ status: 500, body: { error: { message: 'x'.repeat(4000) } } });
  });
});
