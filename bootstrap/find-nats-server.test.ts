import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { writeJson } from './cache.mjs';
import {
  allNatsServers,
  findNatsServer,
  findNewestNatsServer,
  findOldestNatsServer,
} from './find-nats-server.mjs';

/** A program that says its version, which is all that is asked of it here. */
function plant(folder: string, version: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'nats-server');
  writeFileSync(file, `#!/bin/sh\necho nats-server: v${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** Runs `work` with a PATH and a cache of its own. */
async function withMachine(work: (paths: { path: string; cache: string }) => void): Promise<void> {
  await using folder = await temporaryFolder();
  const paths = { path: join(folder.path, 'bin'), cache: join(folder.path, 'cache') };
  const before = { PATH: process.env['PATH'], MODELWRIGHT_CACHE: process.env['MODELWRIGHT_CACHE'] };
  Object.assign(process.env, { PATH: `${paths.path}:/usr/bin:/bin`, MODELWRIGHT_CACHE: paths.cache });
  try {
    work(paths);
  } finally {
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}

describe('a nats-server for running', () => {
  test('is taken from the PATH before the cache, though older', () =>
    withMachine(({ path, cache }) => {
      const own = plant(path, '2.10.20');
      plant(join(cache, 'nats-server', '2.14.5'), '2.14.5');
      expect(findNatsServer()).toEqual({ path: own, version: '2.10.20', source: 'PATH' });
      expect(findNewestNatsServer()?.version).toBe('2.14.5');
    }));

  test('is not taken from the PATH when it is too old', () =>
    withMachine(({ path, cache }) => {
      plant(path, '2.8.4');
      const home = join(cache, 'nats-server', '2.14.5');
      plant(home, '2.14.5');
      writeJson(join(home, 'source.json'), { source: 'Go module' });
      expect(findNatsServer()).toMatchObject({ version: '2.14.5', source: 'Go module' });
    }));

  test('is the newest of the cache', () =>
    withMachine(({ cache }) => {
      for (const version of ['2.9.10', '2.14.5', '2.12.15'])
        plant(join(cache, 'nats-server', version), version);
      expect(findNatsServer()?.version).toBe('2.14.5');
      expect(findOldestNatsServer()?.version).toBe('2.9.10');
    }));

  test('is none where there is none', () =>
    withMachine(({ cache }) => {
      mkdirSync(join(cache, 'nats-server', 'draft'), { recursive: true });
      expect(allNatsServers()).toEqual([]);
      expect(findNatsServer()).toBeNull();
      expect(findOldestNatsServer()).toBeNull();
    }));

  test('is none where the program does not start', () =>
    withMachine(({ path }) => {
      plant(path, '2.14.5');
      writeFileSync(join(path, 'nats-server'), '#!/bin/sh\nexit 1\n');
      expect(findNatsServer()).toBeNull();
    }));
});

test('only the 2.9 line serves as the oldest', () =>
  withMachine(({ cache }) => {
    plant(join(cache, 'nats-server', '2.10.0'), '2.10.0');
    expect(findOldestNatsServer()).toBeNull();
  }));
