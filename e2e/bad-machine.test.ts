/** What the machine lacks, through the command line as a user types it: exit code 2, the remedy, and nothing started. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@modelwright/testing';
import { describe, expect, it } from 'vitest';
import { EXAMPLES } from './bad-input/task-copy.ts';
import { COMMAND, Laptop } from './support/modelwright.ts';

const TASK = join(EXAMPLES, 'diabetes');
const NO_CACHE = { MODELWRIGHT_CACHE: '/dev/null/cache' };
const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;

describe('a machine that cannot', () => {
  it('give the port is refused with the remedy', async () => {
    await using laptop = await Laptop.open();
    const taken = await listening();
    const { code, stderr } = await laptop.run('up', '--port', String(portOf(taken)));
    expect(stderr).toContain(`error: port ${portOf(taken)} is in use\n  Leave --port away`);
    taken.close();
    expect({ code, started: hasStarted(laptop) }).toEqual({ code: 2, started: false });
  });

  it('offer a nats-server new enough is refused with the remedy', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'nats-server');
    await writeFile(file, '#!/bin/sh\necho "nats-server: v2.8.4"\n');
    await chmod(file, 0o755);
    await using laptop = await Laptop.open({ ...NO_CACHE, PATH: folder.path });
    const { code, stderr } = await laptop.run('up');
    expect(stderr).toContain(`error: ${file}: nats-server 2.8.4 is too old`);
    expect(stderr).toContain('npm run setup');
    expect({ code, started: hasStarted(laptop) }).toEqual({ code: 2, started: false });
  });

  it('reach a nats-server new enough is refused with the remedy', async () => {
    const old = await listening((socket) => {
      socket.write(
        'INFO {"server_id":"OLD","version":"2.8.4","proto":1,"headers":true,"jetstream":true}\r\n',
      );
      socket.on('data', (data) => {
        if (data.includes('PING')) socket.write('PONG\r\n');
      });
    });
    await using laptop = await Laptop.open({ NATS_URL: `nats://127.0.0.1:${portOf(old)}` });
    const { code, stderr } = await laptop.run('run', TASK);
    old.close();
    expect(stderr).toMatch(/error: .*2\.8\.4.*2\.9\.10 or newer/);
    expect(stderr).toContain('Run a newer nats-server');
    expect({ code, started: hasStarted(laptop) }).toEqual({ code: 2, started: false });
  });

  it('offer Python is refused with the remedy', async () => {
    await using laptop = await Laptop.open(NO_CACHE);
    const { code, stderr } = await laptop.run('run', TASK);
    expect(stderr).toContain('error: there is no Python environment');
    expect(stderr).toContain('npm run setup');
    expect({ code, started: hasStarted(laptop) }).toEqual({ code: 2, started: false });
  });

  it.skipIf(!canMount)(
    'give room on its disk is refused with the remedy (needs a mount name space)',
    async () => {
      await using laptop = await Laptop.open();
      await mkdir(laptop.home);
      const onTinyDisk = 'mount -t tmpfs -o size=8m tmpfs "$MODELWRIGHT_HOME" && exec "$@"';
      const words = ['-m', 'sh', '-c', onTinyDisk, 'sh', process.execPath, COMMAND, 'run', TASK];
      const { status, stderr } = spawnSync('unshare', words, {
        cwd: laptop.folder,
        env: { ...process.env, MODELWRIGHT_HOME: laptop.home, NATS_URL: '' },
        encoding: 'utf8',
      });
      expect(stderr).toMatch(/error: .*the disk is full: .* free, .* needed\n {2}Make room/);
      expect({ status, started: hasStarted(laptop) }).toEqual({ status: 2, started: false });
    },
  );
});

/** Where there is no server there is no run. */
function hasStarted(laptop: Laptop): boolean {
  return existsSync(join(laptop.home, 'processes.json'));
}

async function listening(greet: Parameters<typeof createServer>[1] = () => undefined): Promise<Server> {
  const server = createServer(greet);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
