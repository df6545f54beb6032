import { expect, test } from 'vitest';
import { hideCredentials } from './nats-server.mjs';

test('credentials in NATS_URL are never shown', () => {
  expect(hideCredentials('nats://user:secret@host:4222,tls://token@other')).toBe(
    'nats://host:4222,tls://other',
  );
});
