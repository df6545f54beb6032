import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { serverInfo } from '../../../bootstrap/server-info.mjs';
import { startNatsServer } from './nats-server.ts';
import { describeOnNatsServers } from './nats-servers-under-test.ts';
import { temporaryFolder } from './temporary-folder.ts';

describeOnNatsServers('a nats-server of a test', ({ binary, version }) => {
  test('answers with JetStream as soon as it is started', async () => {
    await using server = await startNatsServer({ binary });
    expect(await serverInfo(server.url)).toEqual({ version, jetstream: true });
    expect(server.version).toBe(version);
  });

  test('comes back on the same port and store after a kill', async () => {
    await using server = await startNatsServer({ binary });
    const { pid } = server;
    await server.kill();
    expect(server.pid).toBeNull();
    await expect(serverInfo(server.url)).rejects.toThrow();
    await server.restart();
    expect(server.pid).not.toBe(pid);
    expect(await serverInfo(server.url)).toEqual({ version, jetstream: true });
    expect(existsSync(server.storeDir)).toBe(true);
  });

  test('leaves nothing behind when stopped', async () => {
    const server = await startNatsServer({ binary });
    await server.stop();
    expect(existsSync(dirname(server.storeDir))).toBe(false);
    await expect(server.restart()).rejects.toThrow('stopped for good');
  });

  test('keeps a store that it was given', async () => {
    await using folder = await temporaryFolder();
    const server = await startNatsServer({ binary, storeDir: folder.path });
    await server.stop();
    expect(existsSync(folder.path)).toBe(true);
  });

  test('several run side by side', async () => {
    await using one = await startNatsServer({ binary });
    await using other = await startNatsServer({ binary });
    expect(one.port).not.toBe(other.port);
  });

  test('that refuses its configuration fails with its own words', async () => {
    const config = () => 'jetstream: { no_such_key: 1';
    await expect(startNatsServer({ binary, config })).rejects.toThrow(
      /did not start:\s+nats-server: .*error/,
    );
  });
});
