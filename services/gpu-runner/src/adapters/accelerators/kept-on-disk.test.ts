import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLogger } from '@modelwright/telemetry';
import { type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AcceleratorSample } from '../../core/accelerators/use.ts';
import { foundAccelerator } from '../../testing/found-accelerators.ts';
import { AcceleratorBook } from './accelerator-book.ts';
import { readHeld, recordHeld } from './held-record.ts';
import { KernelLog } from './kernel-log.ts';
import { lockFileOf, lockHolders, makeLockFiles } from './lock-files.ts';
import { QuarantineFile } from './quarantine-file.ts';
import { readUse, UseMeters } from './use-meter.ts';

const logger = createLogger({ service: 'gpu-runner', name: 'test', level: 'silent' });
let folder: TemporaryFolder;
let now = 0;

beforeEach(async () => {
  folder = await temporaryFolder('mw-accelerators-');
  now = 1000;
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

async function openBook(): Promise<AcceleratorBook> {
  const found = [
    foundAccelerator(0),
    foundAccelerator(1, { uuid: 'MIG-1', parent: 'GPU-p' }),
    foundAccelerator(2, { uuid: 'MIG-2', parent: 'GPU-p' }),
  ];
  const quarantines = await QuarantineFile.open(join(folder.path, 'quarantines.json'));
  const parts = { found, quarantines, locks: '/locks', clock: () => now, tell: () => undefined };
  return new AcceleratorBook(parts);
}

const sick = (book: AcceleratorBook) =>
  book.listAll().flatMap((one) => (one.state === 'quarantined' ? [one.uuid] : []));

describe('a quarantine', () => {
  test('stands over a restart, with its reason', async () => {
    await (await openBook()).suspect(['GPU-0'], 'Xid 79');
    const again = await openBook();
    expect(again.listAll()[0]).toMatchObject({ state: 'quarantined', reason: 'Xid 79' });
  });

  test('that a person has ended is not begun anew by what had happened before', async () => {
    const book = await openBook();
    await book.suspect(['MIG-1', 'MIG-2'], 'Xid 79', 900);
    await book.pardon('GPU-p', 1000);
    expect(sick(book)).toEqual([]);
    const again = await openBook();
    await again.suspect(['MIG-1', 'MIG-2'], 'Xid 79', 900);
    expect(sick(again)).toEqual([]);
    await again.suspect(['MIG-2'], 'Xid 48', 1001);
    expect(sick(again)).toEqual(['MIG-2']);
    await again.pardon('GPU-p', 1000);
    expect(sick(again)).toEqual(['MIG-2']);
  });
});

test('what an attempt holds is found again in its folder', async () => {
  const book = await openBook();
  const wish = { count: 1, memoryBytes: null, shared: false };
  const free = book.free(wish) ?? expect.unreachable();
  await recordHeld(folder.path, free);
  const again = await openBook();
  expect(again.adopt('j', [...(await readHeld(folder.path)), 'GPU-sold'], wish)).toEqual(free);
  expect(again.of('j')).toEqual(free);
  expect(await readHeld(join(folder.path, 'nowhere'))).toEqual([]);
});

describe('a lock file', () => {
  test('shows who holds its lock', async () => {
    const locks = join(folder.path, 'locks');
    await makeLockFiles(locks, ['GPU-0', 'GPU/1']);
    expect(await lockHolders(locks, ['GPU-0', 'GPU/1'])).toEqual(new Map());
    const holder = spawn('flock', [lockFileOf(locks, 'GPU/1'), 'sh', '-c', 'echo held; read line']);
    await once(holder.stdout, 'data');
    const holders = await lockHolders(locks, ['GPU-0', 'GPU/1']);
    expect([...holders.keys()]).toEqual(['GPU/1']);
    holder.stdin.end();
    await once(holder, 'close');
    expect(await lockHolders(locks, ['GPU/1'])).toEqual(new Map());
  });

  test('is not made where a link stands in its place', async () => {
    const locks = join(folder.path, 'locks');
    await makeLockFiles(locks, []);
    await symlink('/etc/passwd', lockFileOf(locks, 'GPU-0'));
    await expect(makeLockFiles(locks, ['GPU-0'])).rejects.toThrow(/ELOOP/);
    await writeFile(join(folder.path, 'file'), '');
    await expect(makeLockFiles(join(folder.path, 'file'), [])).rejects.toThrow();
  });
});

test('the log of the kernel is followed from its end, line by line, also when it begins anew', async () => {
  const path = join(folder.path, 'kern.log');
  await writeFile(path, 'old\n');
  const log = await KernelLog.open(path, () => now);
  expect(await log.lines()).toEqual([]);
  await appendFile(path, 'one\ntw');
  expect(await log.lines()).toEqual([{ text: 'one', at: 1000 }]);
  await appendFile(path, 'o\n');
  expect((await log.lines()).map((line) => line.text)).toEqual(['two']);
  await truncate(path);
  await appendFile(path, 'new\n');
  expect((await log.lines()).map((line) => line.text)).toEqual(['new']);
  await log.close();
});

describe('a meter', () => {
  const GPU = [{ uuid: 'GPU-0', model: 'm', vendor: 'nvidia' }];
  const watts = (value: number): AcceleratorSample[] => [
    { uuid: 'GPU-0', utilisationPercent: 50, memoryUsedBytes: 7, watts: value },
  ];
  const meters = (sample: () => Promise<AcceleratorSample[]>) =>
    new UseMeters({ probe: { sample }, everyMs: 1_000_000, clock: () => now, logger });

  test('goes on with what an earlier process of the runner has measured', async () => {
    let value = 100;
    const before = meters(() => Promise.resolve(watts(value)));
    await before.begin(folder.path, GPU);
    await before.look();
    now = 2000;
    value = 300;
    const after = meters(() => Promise.resolve(watts(value)));
    const meter = await after.begin(folder.path, GPU);
    await after.look();
    await meter[Symbol.asyncDispose]();
    const use = await readUse(folder.path, { startedAt: 1000, endedAt: 3000 });
    expect(use).toMatchObject({ accelerators: GPU, peakMemoryBytes: 7, energyJoules: 200 + 300 });
    expect(use?.samples).toBeGreaterThanOrEqual(2);
  });

  test('leaves out a look that failed', async () => {
    const broken = meters(() => Promise.reject(new Error('no answer')));
    const meter = await broken.begin(folder.path, GPU);
    await broken.look();
    await meter[Symbol.asyncDispose]();
    const use = await readUse(folder.path, { startedAt: 0, endedAt: 1 });
    expect(use).toMatchObject({ samples: 0, utilisationPercent: null, energyJoules: null });
  });

  test('has nothing to tell of a job that held none', async () => {
    expect(await readUse(folder.path, { startedAt: 0, endedAt: 1 })).toBeNull();
  });
});
