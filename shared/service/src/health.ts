/** A small HTTP server for probes: `/healthz` answers while the process lives, `/readyz` while it takes work. */
import { createServer, type Server } from 'node:http';

export interface Health {
  ready: boolean;
}

/** On loopback; resolves when it listens. Null when `port` is 0. */
export async function serveHealth(port: number, health: Health): Promise<Server | null> {
  if (port === 0) return null;
  const server = createServer((request, response) => {
    const known = request.url === '/healthz' || request.url === '/readyz';
    const well = request.url === '/healthz' || health.ready;
    response.statusCode = known ? (well ? 200 : 503) : 404;
    response.end(known ? (well ? 'ok\n' : 'not ready\n') : 'not found\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
