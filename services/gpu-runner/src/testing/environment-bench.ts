/** Environments of one or several hosts that share what they agree on, for tests. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnvironmentLock } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { temporaryFolder } from '@modelwright/testing';
import type { BuildSandbox } from '../adapters/environments/build-sandbox.ts';
import {
  type EnvironmentLocks,
  type EnvironmentOptions,
  Environments,
} from '../adapters/environments/environments.ts';

export class LocksInMemory implements EnvironmentLocks {
  readonly locks = new Map<string, EnvironmentLock>();

  get(key: string): Promise<EnvironmentLock | null> {
    return Promise.resolve(this.locks.get(key) ?? null);
  }

  agree(key: string, lock: Omit<EnvironmentLock, 'lockedBy' | 'lockedAt'>): Promise<EnvironmentLock> {
    const agreed = this.locks.get(key) ?? { ...lock, lockedBy: 'test', lockedAt: 0 };
    this.locks.set(key, agreed);
    return Promise.resolve(agreed);
  }
}

export interface EnvironmentBench extends AsyncDisposable {
  readonly path: string;
  /** A folder of packages that serves as an index. */
  readonly index: string;
  readonly locks: LocksInMemory;
  /** The environments of a host; a host of the same name again is one whose process was started anew. */
  host(name: string, options?: Partial<EnvironmentOptions>): Environments;
  /** The folder of a job. */
  job(name: string): Promise<string>;
}

export async function environmentBench(sandbox: BuildSandbox): Promise<EnvironmentBench> {
  const folder = await temporaryFolder();
  const locks = new LocksInMemory();
  const index = join(folder.path, 'index');
  await mkdir(index);
  const opened: Environments[] = [];
  return {
    path: folder.path,
    index,
    locks,
    host(name, options = {}) {
      const environments = new Environments(sandbox, locks, {
        root: join(folder.path, name),
        maxBytes: 2 ** 30,
        policy: 'wheels',
        variables: { PIP_NO_INDEX: '1', PIP_FIND_LINKS: index },
        baseRequirements: null,
        memoryBytes: 2 ** 30,
        clock: Date.now,
        logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
        ...options,
      });
      opened.push(environments);
      return environments;
    },
    async job(name) {
      const path = join(folder.path, 'jobs', name);
      await mkdir(path, { recursive: true });
      return path;
    },
    async [Symbol.asyncDispose]() {
      for (const one of opened) await one.settled();
      await folder[Symbol.asyncDispose]();
    },
  };
}
