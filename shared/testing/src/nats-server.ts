/**
 * A real nats-server as a child process of a test: on a free loopback port, with JetStream in a folder of its own.
 *
 * `kill` is what a power cut does to the process; the store stays, and `restart` comes back on the same port and store.
 * `stop` ends it for good. A test process that exits takes its servers with it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { serverInfo } from '../../../bootstrap/server-info.mjs';
import { findNewestNatsServer } from '../../../bootstrap/toolchain.mjs';
import { freePort } from './free-port.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Where a server will listen and store: what a configuration file must say. */
export interface NatsServerPlace {
  readonly port: number;
  readonly storeDir: string;
}

export interface StartNatsServerOptions {
  /** The executable; by default the newest that this machine has. */
  readonly binary?: string;
  /** The whole configuration file; by default JetStream without users. */
  readonly config?: (place: NatsServerPlace) => string;
  /** Where JetStream stores; by default a temporary folder that `stop` removes. */
  readonly storeDir?: string;
}

export interface NatsServerProcess extends AsyncDisposable, NatsServerPlace {
  /** `nats://127.0.0.1:<port>`, without credentials. */
  readonly url: string;
  /** Such as `2.14.5`. */
  readonly version: string;
  /** Null while it is down. */
  readonly pid: number | null;
  /** SIGKILL; the store stays. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Ends it in order, if it runs, and starts it again on the same port and store. Resolves when it is ready. */
  restart(): Promise<void>;
  /** Ends it for good and removes the temporary folder. */
  stop(): Promise<void>;
}

const START_ATTEMPTS = 5;
const READY_MS = 15_000;

/** Starts a nats-server. Resolves when it accepts connections; rejects with its log when it does not start. */
export async function startNatsServer(options: StartNatsServerOptions = {}): Promise<NatsServerProcess> {
  const binary = options.binary ?? findNewestNatsServer()?.path;
  if (binary === undefined) throw new Error('this machine has no nats-server: npm run setup');
  const folder = await temporaryFolder('modelwright-nats-');
  const storeDir = options.storeDir ?? join(folder.path, 'store');
  for (let attempt = 1; ; attempt += 1) {
    const place = { port: await freePort(), storeDir };
    const file = join(folder.path, 'nats-server.conf');
    await writeFile(file, (options.config ?? plainConfig)(place), { mode: 0o600 });
    try {
      const first = await launch(binary, file, place.port);
      return handle({ ...place, first, again: () => launch(binary, file, place.port), folder });
    } catch (error) {
      const taken = error instanceof Error && error.message.includes('address already in use');
      if (taken && attempt < START_ATTEMPTS) continue;
      await folder[Symbol.asyncDispose]();
      throw error;
    }
  }
}

const plainConfig = ({ port, storeDir }: NatsServerPlace) =>
  JSON.stringify({ listen: `127.0.0.1:${port}`, jetstream: { store_dir: storeDir } });

interface Running {
  readonly child: ChildProcess;
  readonly version: string;
}

interface Launched extends NatsServerPlace {
  readonly first: Running;
  readonly again: () => Promise<Running>;
  readonly folder: AsyncDisposable;
}

function handle({ port, storeDir, first, again, folder }: Launched): NatsServerProcess {
  let running: Running | null = first;
  let stopped = false;
  const end = async (signal: NodeJS.Signals) => {
    const child = running?.child;
    running = null;
    if (child !== undefined) await ended(child, signal);
  };
  const stop = async () => {
    stopped = true;
    await end('SIGTERM');
    await folder[Symbol.asyncDispose]();
  };
  return {
    port,
    storeDir,
    url: `nats://127.0.0.1:${port}`,
    version: first.version,
    get pid() {
      return running?.child.pid ?? null;
    },
    kill: () => end('SIGKILL'),
    restart: async () => {
      if (stopped) throw new Error('this nats-server was stopped for good');
      await end('SIGTERM');
      running = await again();
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function launch(binary: string, config: string, port: number): Promise<Running> {
  const child = spawn(binary, ['--config', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  child.once('exit', () => process.off('exit', leave));
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-8_192);
  });
  try {
    return { child, version: await ready(child, port) };
  } catch (error) {
    await ended(child, 'SIGKILL');
    throw new Error(`${binary} did not start:\n${log}`, { cause: error });
  }
}

/** Polls, since the server tells nobody that it listens. */
async function ready(child: ChildProcess, port: number): Promise<string> {
  const failed = Promise.race([
    once(child, 'error').then(([error]) => Promise.reject(error)),
    once(child, 'close').then(() => Promise.reject(new Error('it ended at once'))),
  ]);
  const deadline = performance.now() + READY_MS;
  const answered = async (): Promise<string> => {
    for (;;) {
      try {
        return (await serverInfo(`nats://127.0.0.1:${port}`, 1_000)).version;
      } catch (error) {
        if (child.exitCode !== null || performance.now() > deadline) throw error;
        await delay(10);
      }
    }
  };
  return await Promise.race([answered(), failed]);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
