/**
 * A real S3 server as a child process of a test: on a free loopback port, over a temporary folder, with one bucket.
 *
 * `kill` is what a power cut does to it; what it stores stays, and `restart` comes back on the same port.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findS3Server } from '../../../bootstrap/toolchain.mjs';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface S3ServerProcess extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  readonly endpoint: string;
  readonly bucket: string;
  /** Who may do everything. */
  readonly accessKey: string;
  readonly secretKey: string;
  /** Where the bucket's objects lie as files. */
  readonly folder: string;
  /** SIGKILL; what it stores stays. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const BUCKET = 'farm';
const ACCESS_KEY = 'test-access';
const SECRET_KEY = 'test-secret-key';
const READY_MS = 15_000;
const START_ATTEMPTS = 5;

/** Why there is no S3 server here; null when there is one. */
export const missingS3Server = (): string | null =>
  findS3Server() === null ? 'no S3 server is to be had here: node bootstrap/main.mjs setup --tests' : null;

export async function startS3Server(): Promise<S3ServerProcess> {
  const binary = findS3Server()?.path;
  if (binary === undefined) throw new Error(missingS3Server() ?? 'the S3 server is gone');
  const home = await temporaryFolder('modelwright-s3-');
  await mkdir(join(home.path, 'root', BUCKET), { recursive: true });
  await mkdir(join(home.path, 'meta'));
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return handle(home, port, await launch(binary, home.path, port), () => launch(binary, home.path, port));
    } catch (error) {
      if (attempt < START_ATTEMPTS) continue;
      await home[Symbol.asyncDispose]();
      throw error;
    }
  }
}

function handle(
  home: AsyncDisposable & { readonly path: string },
  port: number,
  first: ChildProcess,
  again: () => Promise<ChildProcess>,
): S3ServerProcess {
  let running: ChildProcess | null = first;
  const end = async (signal: NodeJS.Signals) => {
    const child = running;
    running = null;
    if (child !== null) await ended(child, signal);
  };
  const stop = async () => {
    await end('SIGKILL');
    await home[Symbol.asyncDispose]();
  };
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: BUCKET,
    accessKey: ACCESS_KEY,
    secretKey: SECRET_KEY,
    folder: join(home.path, 'root', BUCKET),
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGKILL');
      running = await again();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Metadata lie beside the objects and not in extended attributes, which not every file system has. */
async function launch(binary: string, home: string, port: number): Promise<ChildProcess> {
  const words = [
    '--port',
    `127.0.0.1:${port}`,
    '--quiet',
    'posix',
    '--sidecar',
    join(home, 'meta'),
    join(home, 'root'),
  ];
  const child = spawn(binary, words, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ROOT_ACCESS_KEY_ID: ACCESS_KEY, ROOT_SECRET_ACCESS_KEY: SECRET_KEY, HOME: home },
  });
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  child.once('exit', () => process.off('exit', leave));
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-4096);
  });
  try {
    await ready(child, port);
    return child;
  } catch (error) {
    await ended(child, 'SIGKILL');
    throw new Error(`${binary} did not start:\n${log}`, { cause: error });
  }
}

/** Polls, since the server tells nobody that it listens. */
async function ready(child: ChildProcess, port: number): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error('it ended at once');
    if (await listens(port)) return;
    if (performance.now() > deadline) throw new Error('it does not answer');
    await delay(10);
  }
}

function listens(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
