import { expect, test } from 'vitest';
import { NATS_ARCHIVES, NATS_OLDEST, NATS_VERSION, NODE_ARCHIVES, NODE_PACKAGES } from './pinned.mjs';
import { isRecommendedNats } from './versions.mjs';

const PLATFORMS = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];

test('every platform has a pinned Node and both nats-servers', () => {
  for (const table of [NODE_ARCHIVES, NATS_ARCHIVES[NATS_VERSION], NATS_ARCHIVES[NATS_OLDEST]]) {
    expect(Object.keys(table ?? {}).sort()).toEqual(PLATFORMS);
    for (const sha256 of Object.values(table ?? {})) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  }
});

test('packages of the npm registry are pinned by sha512', () => {
  for (const { sha512 } of Object.values(NODE_PACKAGES))
    expect(Buffer.from(sha512, 'base64')).toHaveLength(64);
});

test('the nats-server that is fetched is a recommended one', () => {
  expect(isRecommendedNats(NATS_VERSION)).toBe(true);
});
