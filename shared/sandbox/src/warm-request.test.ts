import { describe, expect, test } from 'vitest';
import { type SandboxRequest, withoutItsJob } from './index.ts';

const mount = (name: string, target: string) => ({ name, source: `/host/${name}`, target, writable: true });

function request(change: Partial<SandboxRequest> = {}): SandboxRequest {
  return {
    argv: ['@{python}', 'train.py', '--fast'],
    cwd: '@{work}',
    env: { OMP_NUM_THREADS: '2', HOME: '@{tmp}', MW_OUT: '@{out}', MW_JOB: 'one' },
    python: '/opt/env/bin/python',
    mounts: [mount('work', '/mw/work'), mount('out', '/mw/out'), mount('packages-0', '/opt/packages')],
    limits: { wallSeconds: 5, memoryBytes: 1 },
    ...change,
  };
}

describe('what a warm worker is started for', () => {
  test('has nothing of the job: no folder, no argument, no variable of the kit, no limit', () => {
    expect(withoutItsJob(request())).toMatchObject({
      argv: ['@{python}'],
      cwd: '/mw/work',
      env: { HOME: '@{tmp}', OMP_NUM_THREADS: '2' },
      mounts: [mount('packages-0', '/opt/packages')],
      isolation: 'required',
    });
    expect(JSON.stringify(withoutItsJob(request()))).not.toMatch(/MW_|one|out|"wallSeconds":5/);
  });

  test('is the same for jobs that differ in these alone, in whatever order they are told', () => {
    const other = request({
      argv: ['@{python}', '-m', 'tool'],
      env: { MW_JOB: 'two', HOME: '@{tmp}', OMP_NUM_THREADS: '2' },
      limits: { wallSeconds: 900, memoryBytes: 2 },
    });
    expect(JSON.stringify(withoutItsJob(other))).toBe(JSON.stringify(withoutItsJob(request())));
  });

  test.each<[string, Partial<SandboxRequest>]>([
    ['the interpreter', { python: '/opt/other/bin/python' }],
    ['a variable that libraries may read', { env: { OMP_NUM_THREADS: '1' } }],
    ['the packages', { mounts: [mount('work', '/mw/work')] }],
    ['the users', { uids: { first: 5000, count: 10 } }],
  ])('differs with %s', (_, change) => {
    expect(JSON.stringify(withoutItsJob(request(change)))).not.toBe(JSON.stringify(withoutItsJob(request())));
  });

  test.each<[string, Partial<SandboxRequest>]>([
    ['another program', { argv: ['sh', 'train.py'] }],
    ['options of the interpreter', { argv: ['@{python}', '-u', 'train.py'] }],
    ['a line of code', { argv: ['@{python}', '-c', 'pass'] }],
    ['no isolation', { isolation: 'none' }],
    ['the network', { network: 'host' }],
    ['accelerators', { devices: ['/dev/nvidia0'] }],
    ['locks', { locks: [{ path: '/run/lock/gpu', shared: false }] }],
    ['a folder elsewhere to start in', { cwd: '@{tmp}' }],
    ['a variable of the environment that names a folder of the job', { env: { HF_HOME: '@{out}/hub' } }],
  ])('is nothing for %s', (_, change) => {
    expect(withoutItsJob(request(change))).toBeNull();
  });
});
