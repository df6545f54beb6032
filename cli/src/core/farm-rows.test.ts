import type { Worker } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { farmLines, farmRows, type LocalProcess } from './farm-rows.ts';

const NOW = 1_000_000;
const local = (service: string, pid: number, alive = true): LocalProcess => ({
  service,
  name: `${service}-1`,
  pid,
  since: NOW - 60_000,
  alive,
  memoryBytes: alive ? 50_000_000 : null,
  note: '',
});
const said = (service: Worker['service'], pid: number, changes: Partial<Worker> = {}): Worker => ({
  service,
  name: `${service}-1`,
  process: 'p',
  host: 'box',
  pid,
  startedAt: NOW - 60_000,
  beatAt: NOW - 1000,
  state: 'ready',
  version: '0.1.0',
  runner: null,
  ...changes,
});

describe('the processes', () => {
  it('show what each says of itself', () => {
    const runner = {
      classes: ['cpu'],
      slots: 2,
      busy: 1,
      jobs: ['j'],
      isolation: 'none' as const,
      isolationNotes: ['not root'],
    };
    const [row] = farmRows([local('gpu-runner', 7)], [said('gpu-runner', 7, { runner })], NOW);
    expect(row).toMatchObject({ state: 'ready', host: 'here', upSeconds: 60, memoryBytes: 50_000_000 });
    expect(row?.note).toBe('1 of 2 slots busy, cpu, isolation none (not root)');
  });

  it('call a dead one dead, whatever it said last', () => {
    expect(farmRows([local('coder', 7, false)], [said('coder', 7)], NOW)[0]?.state).toBe('dead');
  });

  it('call one that has not been heard of yet starting', () => {
    expect(farmRows([local('coder', 8)], [said('coder', 7, { state: 'gone' })], NOW)[0]?.state).toBe(
      'starting',
    );
  });

  it('call one silent that stopped beating', () => {
    expect(farmRows([local('coder', 7)], [said('coder', 7, { beatAt: NOW - 30_000 })], NOW)[0]?.state).toBe(
      'silent',
    );
  });

  it('call one running where the bus cannot be asked', () => {
    expect(farmRows([local('coder', 7)], null, NOW)[0]?.state).toBe('running');
  });

  it('include live ones of other machines and leave out those long gone', () => {
    const workers = [
      said('tuner', 9),
      said('coder', 10, { beatAt: 0 }),
      said('designer', 11, { state: 'gone' }),
    ];
    expect(farmRows([], workers, NOW).map((row) => [row.service, row.host])).toEqual([['tuner', 'box']]);
  });

  it('stand in a table', () => {
    const lines = farmLines(farmRows([local('coder', 7)], [said('coder', 7)], NOW));
    expect(lines[0]).toMatch(/^service\s+name\s+host\s+pid\s+state\s+up\s+memory$/);
    expect(lines[1]).toMatch(/^coder\s+coder-1\s+here\s+7\s+ready\s+1 min 00 s\s+50\.0 MB$/);
  });
});
