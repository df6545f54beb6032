/** A tiny HTTP server on loopback for whoever watches processes: `/healthz` (alive) and `/readyz` (taking work). */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Readiness } from './readiness.ts';

export interface HealthServer extends AsyncDisposable {
  readonly port: number;
}

/** Rejects when the port is taken. */
export async function serveHealth(port: number, readiness: Readiness): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const [status, text] = answer(request.url ?? '/', readiness);
    response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answer(path: string, readiness: Readiness): [status: number, text: string] {
  switch (path) {
    case '/healthz':
      return [200, 'alive'];
    case '/readyz': {
      const missing = readiness();
      return missing === null ? [200, 'ready'] : [503, missing];
    }
    default:
      return [404, 'only /healthz and /readyz'];
  }
}
