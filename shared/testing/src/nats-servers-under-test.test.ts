import { describe, expect, test } from 'vitest';
import { chooseServers } from './nats-servers-under-test.ts';

const old = { version: '2.9.10', path: '/old/nats-server', source: 'Go module' };
const recent = { version: '2.14.5', path: '/new/nats-server', source: 'PATH' };

describe('the servers under test', () => {
  test('are the oldest and the newest', () => {
    expect(chooseServers(old, recent).map(({ server }) => server)).toEqual([
      { version: '2.9.10', binary: '/old/nats-server' },
      { version: '2.14.5', binary: '/new/nats-server' },
    ]);
  });

  test('are one when the machine has only the oldest', () => {
    expect(chooseServers(old, old)).toHaveLength(1);
  });

  test('name the oldest as missing, with the command that gets it', () => {
    const [missing, present] = chooseServers(null, recent);
    expect(missing?.server).toBeNull();
    expect(missing?.missing).toContain('setup --tests');
    expect(present?.server?.version).toBe('2.14.5');
  });

  test('are one missing one when the machine has none', () => {
    expect(chooseServers(null, null)).toMatchObject([{ server: null, label: 'any nats-server' }]);
  });
});
