import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError, readConfig } from './config.ts';

const nothing = z.object({});
const HOME = { MODELWRIGHT_HOME: '/state' };

describe('the environment of a service', () => {
  it('has safe defaults for all but the state folder', () => {
    const config = readConfig('coder', nothing, HOME);
    expect(config).toMatchObject({
      home: '/state',
      natsUrl: 'nats://127.0.0.1:4222',
      natsUser: null,
      natsPassword: null,
      logLevel: 'info',
      ackWaitMs: null,
      healthPort: 0,
      content: null,
    });
    expect(config.name).toMatch(/^[a-z0-9-]+$/);
  });

  it('names a runner by its host alone, so that it finds its jobs again', () => {
    const runner = readConfig('gpu-runner', nothing, HOME).name;
    expect(readConfig('coder', nothing, HOME).name).toBe(`${runner}-${process.pid}`);
    expect(readConfig('coder', nothing, { ...HOME, MODELWRIGHT_NAME: 'mine' }).name).toBe('mine');
  });

  it('is frozen once read, and complete', () => {
    const config = readConfig('coder', z.object({ SLOTS: z.coerce.number().default(3) }), HOME);
    expect(Object.isFrozen(config)).toBe(true);
    expect(config.SLOTS).toBe(3);
    expect(Object.values(config)).not.toContain(undefined);
  });

  it('is refused with every fault of both schemas at once', () => {
    const extra = z.object({ SLOTS: z.coerce.number().int() });
    const read = () => readConfig('tuner', extra, { MODELWRIGHT_NAME: 'a b', SLOTS: 'many' });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(/tuner[\s\S]*MODELWRIGHT_NAME[\s\S]*MODELWRIGHT_HOME[\s\S]*SLOTS/);
  });

  it('counts waiting in milliseconds', () => {
    const config = readConfig('coder', nothing, { ...HOME, MODELWRIGHT_ACK_WAIT_SECONDS: '2.5' });
    expect(config.ackWaitMs).toBe(2500);
  });

  it('says where content is kept, and what is wrong with the words', () => {
    const place = (text: string) => readConfig('coder', nothing, { ...HOME, MODELWRIGHT_ARTIFACTS: text });
    expect(place('folder:/mnt/x').content).toMatchObject({ kind: 'folder', path: '/mnt/x' });
    expect(() => place('/mnt/x')).toThrow(/MODELWRIGHT_ARTIFACTS: must be nats:, folder:/);
  });

  it('takes a variable that is set to nothing for one that is not set', () => {
    expect(readConfig('coder', nothing, { ...HOME, NATS_USER: '', NATS_URL: '' })).toMatchObject({
      natsUser: null,
      natsUrl: 'nats://127.0.0.1:4222',
    });
  });

  it('reads the password from a file, and says when it cannot', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mw-'));
    const file = join(folder, 'password');
    writeFileSync(file, 'from the file\n');
    const given = { ...HOME, NATS_PASSWORD: 'in the clear', NATS_PASSWORD_FILE: file };
    expect(readConfig('coder', nothing, given).natsPassword).toBe('from the file');
    rmSync(folder, { recursive: true });
    expect(() => readConfig('coder', nothing, given)).toThrow(/NATS_PASSWORD_FILE: cannot be read/);
  });
});
