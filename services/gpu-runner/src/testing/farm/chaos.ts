/** Kills and restarts at random, drawn from a seed, until it is told to stop. */
import type { ChildProcess } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { NatsServerProcess } from '@modelwright/testing';
import { ended } from '../runner-bench.ts';

export interface FarmHost {
  readonly name: string;
  process: ChildProcess;
  /** A new process of the same runner; resolves when it is ready. */
  start(): Promise<ChildProcess>;
}

export interface Kills {
  runners: number;
  servers: number;
}

export async function chaos(
  hosts: readonly FarmHost[],
  server: NatsServerProcess,
  { seed, signal }: { readonly seed: number; readonly signal: AbortSignal },
): Promise<Kills> {
  const draw = generator(seed);
  const kills: Kills = { runners: 0, servers: 0 };
  const pause = (least: number, most: number) =>
    delay(least + draw() * (most - least), undefined, { signal }).catch(() => undefined); // told to stop
  while (!signal.aborted) {
    await pause(300, 2500);
    if (signal.aborted) break;
    if (draw() < 0.3) {
      await server.kill();
      kills.servers += 1;
      await pause(200, 2500);
      await server.restart();
    } else {
      const host = hosts[Math.floor(draw() * hosts.length)];
      if (host === undefined) throw new Error('a farm without hosts');
      await ended(host.process, 'SIGKILL');
      kills.runners += 1;
      await pause(0, 1500);
      host.process = await host.start();
    }
  }
  return kills;
}

/** Numbers from 0 to 1: mulberry32, public domain. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
