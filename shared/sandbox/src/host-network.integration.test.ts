/** A trusted step that fetches may ask for the host's network, and gets nothing else by that. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runContained } from './index.ts';
import { type JobBench, jobBench, testHost } from './testing/job-bench.ts';

const host = testHost();
let bench: JobBench;

beforeEach(async () => {
  bench = await jobBench(host.python);
});
afterEach(() => bench.remove());

async function said(program: string, argv: string[] = []): Promise<string> {
  const request = await bench.request(program, {}, argv);
  const { exit, stdout } = await runContained(host, { ...request, network: 'host' });
  return `${stdout.toString('utf8').trim()} [${exit.outcome}, network: ${exit.isolation?.network}]`;
}

test('it reaches a server on the host, and its record does not claim otherwise', async () => {
  const server = createServer((socket) => socket.end('welcome'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const program =
    'import socket, sys\nprint(socket.create_connection(("localhost", int(sys.argv[1])), 5).recv(100).decode())';
  expect(await said(program, [String(port)])).toBe('welcome [finished, network: false]');
  server.close();
});

test('it finds the certificates that the host trusts', async () => {
  const program = 'import ssl\nprint(len(ssl.create_default_context().get_ca_certs()) > 0)';
  expect(await said(program)).toContain('True');
});

test('it sees no more of the host than any program', async (context) => {
  const secret = join(bench.folder, 'secret');
  await writeFile(secret, 'hidden');
  const program =
    'import os, sys\nprint([os.path.exists(p) for p in (*sys.argv[1:], "/run/docker.sock", "/var/run/docker.sock", "/etc/shadow", "/etc/ssl/private")], sorted(os.environ))';
  const answer = await said(program, [secret]);
  if (!answer.includes('[finished') || process.platform !== 'linux')
    context.skip('no file system of its own here');
  expect(answer).toContain("[False, False, False, False, False] ['HOME', 'LANG', 'MW_OUT', 'PATH']");
});
