import { describe, expect, test } from 'vitest';
import { checkEngine, type EngineInfo, weaknesses } from './engine-facts.ts';
import { layerProgress } from './image.ts';
import { breaches, type ProbeReport } from './probe-program.ts';
import { socketPath } from './socket-path.ts';

const FIT: EngineInfo = {
  OSType: 'linux',
  ServerVersion: '27.0',
  Runtimes: { runc: {}, nvidia: {} },
  DefaultRuntime: 'runc',
  SecurityOptions: ['name=seccomp,profile=builtin'],
  MemoryLimit: true,
  SwapLimit: true,
  PidsLimit: true,
  CpuCfsQuota: true,
  InitBinary: 'docker-init',
  LiveRestoreEnabled: false,
};

describe('an engine', () => {
  test('that can do everything is taken', () => {
    expect(() => checkEngine(FIT, null)).not.toThrow();
    expect(() => checkEngine(FIT, 'nvidia')).not.toThrow();
    expect(weaknesses(FIT)).toEqual([]);
  });

  test('without the runtime that was asked for is refused, with those it has', () => {
    expect(() => checkEngine(FIT, 'runsc')).toThrow('no runtime runsc, only runc, nvidia');
  });

  test.each([
    [{ OSType: 'windows' }, 'Linux is needed'],
    [{ SecurityOptions: ['name=seccomp', 'name=rootless'] }, 'maps user ids'],
    [{ SecurityOptions: ['name=seccomp', 'name=userns'] }, 'maps user ids'],
    [{ SecurityOptions: [] }, 'no seccomp'],
    [{ MemoryLimit: false }, 'cannot limit memory'],
    [{ PidsLimit: false }, 'cannot limit processes'],
  ])('that falls short (%o) is refused: %s', (change, reason) => {
    expect(() => checkEngine({ ...FIT, ...change }, null)).toThrow(reason);
  });

  test('is told all its faults at once', () => {
    expect(() => checkEngine({ ...FIT, MemoryLimit: false, PidsLimit: false }, 'x')).toThrow(
      /memory.*processes.*runtime x/,
    );
  });

  test('that cannot limit swap or processor is taken, and it is said', () => {
    expect(weaknesses({ ...FIT, SwapLimit: false, CpuCfsQuota: false })).toHaveLength(2);
  });

  test('is reached by a socket of this host only', () => {
    expect(socketPath(null)).toBe('/var/run/docker.sock');
    expect(socketPath('unix:///run/user/1/docker.sock')).toBe('/run/user/1/docker.sock');
    expect(() => socketPath('tcp://engine:2375')).toThrow('must be on this host');
  });
});

test('a pull tells each step of a layer once', () => {
  const told: string[] = [];
  const progress = layerProgress((line) => told.push(line));
  for (const status of ['Downloading', 'Downloading', 'Extracting', 'Extracting'])
    progress({ id: 'a1', status });
  progress({ status: 'Digest: sha256:1' });
  expect(told).toEqual(['a1: Downloading', 'a1: Extracting']);
});

test('a probe that found everything closed has nothing to tell, anything open is a sentence', () => {
  const closed: ProbeReport = {
    ...{ python: '/usr/bin/python3', version: '3.11.2', uid: 1_900_010_000 },
    ...{ readsHost: false, writesRoot: false, writesOwn: true, connects: false, socket: false },
    ...{ capabilities: 0, mayGainPrivileges: false, filtered: true },
  };
  expect(breaches(closed)).toEqual([]);
  expect(breaches({ ...closed, uid: 0, connects: true })).toEqual([
    'programs run as root',
    'a program could connect to the host',
  ]);
});
