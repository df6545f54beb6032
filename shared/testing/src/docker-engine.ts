/** The Docker engine and the base image that tests of containers run on, or why this machine has none. */
import { request } from 'node:http';

export interface DockerEngine {
  /** Of the engine's Unix socket. */
  readonly socketPath: string;
  /** Debian with python3 and venv, made by `deploy/images/base/make.sh`. */
  readonly image: string;
}

const DEFAULT_SOCKET = '/var/run/docker.sock';
const DEFAULT_IMAGE = 'modelwright/base:local';
const PATIENCE_MS = 5000;

/** Looks at `DOCKER_HOST`, else at the usual socket; the image is `MODELWRIGHT_TEST_IMAGE`, else the base image. */
export async function findDockerEngine(): Promise<
  { readonly engine: DockerEngine } | { readonly missing: string }
> {
  const host = process.env['DOCKER_HOST'] ?? `unix://${DEFAULT_SOCKET}`;
  if (!host.startsWith('unix://')) return { missing: `DOCKER_HOST is ${host}: tests need a Unix socket` };
  const socketPath = host.slice('unix://'.length);
  const image = process.env['MODELWRIGHT_TEST_IMAGE'] ?? DEFAULT_IMAGE;
  const found = await ask(socketPath, `/images/${image}/json`).catch((error: Error) => error.message);
  if (typeof found === 'string') return { missing: `no Docker engine answers at ${socketPath}: ${found}` };
  if (found.status === 200) return { engine: { socketPath, image } };
  return {
    missing: `the Docker engine at ${socketPath} has no ${image}: it said ${found.status} ${found.body.trim()}`,
  };
}

function ask(socketPath: string, path: string): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const asked = request({ socketPath, path, timeout: PATIENCE_MS }, (response) => {
    let body = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      body += text;
    });
    response.once('end', () => resolve({ status: response.statusCode ?? 0, body }));
    response.once('error', reject);
  });
  asked.once('timeout', () => asked.destroy(new Error(`silent for ${PATIENCE_MS / 1000} s`)));
  asked.once('error', reject);
  asked.end();
  return promise;
}
