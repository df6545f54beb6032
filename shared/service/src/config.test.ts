import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig } from './config.ts';

const nothing = z.object({});

describe('the environment of a service', () => {
  it('has safe defaults for all but the state folder', () => {
    const config = readConfig({ MODELWRIGHT_HOME: '/state' }, nothing);
    expect(config).toMatchObject({
      home: '/state',
      natsUrl: 'nats://127.0.0.1:4222',
      logLevel: 'info',
      ackWaitMs: null,
    });
    expect(config.name).toMatch(/^[A-Za-z0-9-]+$/);
  });

  it('is frozen once read', () => {
    expect(Object.isFrozen(readConfig({ MODELWRIGHT_HOME: '/state' }, nothing))).toBe(true);
  });

  it('is refused with every fault of both schemas at once', () => {
    const extra = z.object({ SLOTS: z.coerce.number().int() });
    const read = () => readConfig({ MODELWRIGHT_NAME: 'a b', SLOTS: 'many' }, extra);
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/MODELWRIGHT_NAME[\s\S]*MODELWRIGHT_HOME[\s\S]*SLOTS/);
  });

  it('counts waiting in milliseconds', () => {
    expect(
      readConfig({ MODELWRIGHT_HOME: '/s', MODELWRIGHT_ACK_WAIT_SECONDS: '2.5' }, nothing).ackWaitMs,
    ).toBe(2500);
  });
});
