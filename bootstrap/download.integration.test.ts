import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, test } from 'vitest';
import { run } from './command.mjs';
import { checksum, download, unpack } from './download.mjs';

/** Serves one body at every path, or a refusal, while `work` runs. */
async function serving(body: Buffer | number, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((_request, response) => {
    if (typeof body === 'number') response.writeHead(body).end();
    else response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  try {
    await work(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/archive`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('a download', () => {
  test('arrives whole, and its checksum is that of its content', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'archive');
    await serving(Buffer.from('abc'), async (url) => {
      await download(url, file, () => undefined);
    });
    expect(readFileSync(file, 'utf8')).toBe('abc');
    expect(await checksum(file, 'sha256', 'hex')).toMatch(/^ba7816bf8f01cfea/);
  });

  test('that is refused names the address and the answer', async () => {
    await using folder = await temporaryFolder();
    await serving(404, async (url) => {
      await expect(download(url, join(folder.path, 'a'), () => undefined)).rejects.toThrow(
        `${url} answered 404`,
      );
    });
  });
});

test('one file is taken out of an archive', async () => {
  await using folder = await temporaryFolder();
  const inside = join(folder.path, 'in', 'nats-server-v1');
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(inside, 'nats-server'), 'program');
  writeFileSync(join(inside, 'LICENSE'), 'terms');
  const archive = join(folder.path, 'archive.tar.gz');
  await run('tar', ['-czf', archive, '-C', join(folder.path, 'in'), 'nats-server-v1']);
  const out = join(folder.path, 'out');
  mkdirSync(out);
  await unpack(archive, 'nats-server-v1/nats-server', out);
  expect(readFileSync(join(out, 'nats-server-v1', 'nats-server'), 'utf8')).toBe('program');
  await expect(unpack(archive, 'nats-server-v1/other', out)).rejects.toThrow('tar could not unpack');
});
