/** A Redis of the bench's own, where this machine has one. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { freePort, temporaryFolder } from '@modelwright/testing';
import { Redis } from 'ioredis';
import { onInterruption } from '../interruption.ts';

export interface RedisServer extends AsyncDisposable {
  readonly port: number;
  /** Such as `7.0.15`. */
  readonly version: string;
}

const PATIENCE = 100;

/** Such as `7.0.15`; null where there is no `redis-server` on the PATH. */
export function redisVersion(): string | null {
  const { stdout, error } = spawnSync('redis-server', ['--version'], { encoding: 'utf8' });
  return error === undefined ? (/v=(\S+)/.exec(stdout)?.[1] ?? null) : null;
}

/** @param flushed Whether every write is flushed to disk before it is answered; else once a second. */
export async function startRedis(version: string, flushed: boolean): Promise<RedisServer> {
  const folder = await temporaryFolder('modelwright-redis-');
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder.path,
    appendonly: 'yes',
    appendfsync: flushed ? 'always' : 'everysec',
    save: '',
    'maxmemory-policy': 'noeviction',
  };
  const words = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn('redis-server', words, { stdio: 'ignore' });
  const end = async () => {
    await ended(child);
    await folder[Symbol.asyncDispose]();
  };
  const interruption = onInterruption(end);
  await ready(port);
  return {
    port,
    version,
    async [Symbol.asyncDispose]() {
      interruption[Symbol.dispose]();
      await end();
    },
  };
}

async function ready(port: number): Promise<void> {
  const client = new Redis({ port, maxRetriesPerRequest: PATIENCE, retryStrategy: () => 50 });
  // Each refused attempt is an event; the last one rejects the question.
  client.on('error', () => undefined);
  await client.ping();
  client.disconnect();
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
