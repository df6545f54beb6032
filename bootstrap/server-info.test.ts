import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { serverInfo } from './server-info.mjs';

/** Listens on loopback, says one thing to whoever connects, and runs `work` meanwhile. */
async function saying(greeting: string | null, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    if (greeting === null) socket.destroy();
    else socket.write(greeting);
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  try {
    await work(`127.0.0.1:${port}`);
  } finally {
    server.close();
  }
}

test('a nats-server tells its version and whether it has JetStream', () =>
  saying('INFO {"version":"2.9.10","jetstream":true} \r\n', async (url) => {
    expect(await serverInfo(`nats://user:secret@${url},nats://other`)).toEqual({
      version: '2.9.10',
      jetstream: true,
    });
    expect((await serverInfo(url)).version).toBe('2.9.10');
  }));

test('who says nothing, or something else, is no nats-server', async () => {
  await saying('', async (url) => {
    await expect(serverInfo(url, 50)).rejects.toThrow('does not answer');
  });
  await saying('SSH-2.0\r\n', async (url) => {
    await expect(serverInfo(url, 50)).rejects.toThrow('does not answer');
  });
  await saying(null, async (url) => {
    await expect(serverInfo(url)).rejects.toThrow('closed the connection');
  });
});
