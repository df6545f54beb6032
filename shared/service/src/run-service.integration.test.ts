import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Bus, connectBus, natsConfig, type Records } from '@modelwright/bus';
import { type Worker, worker, workerKey } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { freePort, type NatsServerProcess, startNatsServer } from '@modelwright/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const SAMPLE = fileURLToPath(new URL('./testing/sample-service.ts', import.meta.url));

describe('a service as a process', () => {
  let server: NatsServerProcess;
  let bus: Bus;
  let workers: Records<Worker>;
  const started: Sample[] = [];

  beforeAll(async () => {
    server = await startNatsServer();
    const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });
    bus = await connectBus({ url: server.url, name: 'test', logger });
    await bus.applyTopology({ scale: 0.05 });
    workers = bus.records('workers', worker);
  });
  afterEach(() => {
    for (const sample of started.splice(0)) sample.child.kill('SIGKILL');
  });
  afterAll(async () => {
    await bus.close();
    await server.stop();
  });

  const start = (name: string, variables: Record<string, string> = {}) => {
    const sample = new Sample({
      PATH: process.env['PATH'] ?? '',
      NATS_URL: server.url,
      MODELWRIGHT_NAME: name,
      MODELWRIGHT_HOME: '/nowhere',
      SAMPLE_DRAIN_MS: '0',
      SAMPLE_FAILS: 'no',
      ...variables,
    });
    started.push(sample);
    return sample;
  };
  const stateOf = async (name: string) => (await workers.get(workerKey('manager', name)))?.value.state;
  const become = (name: string, state: string) =>
    expect.poll(() => stateOf(name), { timeout: 10_000 }).toBe(state);

  it('shows itself, drains when asked to leave, says that it is gone, and exits with 0', async () => {
    const sample = start('polite');
    await become('polite', 'ready');
    const record = (await workers.get(workerKey('manager', 'polite')))?.value;
    expect(record).toMatchObject({ service: 'manager', name: 'polite', pid: sample.child.pid, runner: null });
    sample.child.kill('SIGTERM');
    expect(await sample.exit()).toBe(0);
    expect(sample.said).toBe('started\nleaving\ndrained\n');
    expect(await stateOf('polite')).toBe('gone');
  });

  it('shows that it is draining, and exits with 1 at once when asked again', async () => {
    const sample = start('slow', { SAMPLE_DRAIN_MS: '60000' });
    await become('slow', 'ready');
    sample.child.kill('SIGINT');
    await become('slow', 'draining');
    sample.child.kill('SIGTERM');
    expect(await sample.exit()).toBe(1);
    expect(sample.said).toBe('started\nleaving\n');
  });

  it('goes on over a restart of the server', async () => {
    const sample = start('lasting');
    await become('lasting', 'ready');
    const before = (await workers.get(workerKey('manager', 'lasting')))?.value.beatAt ?? 0;
    await server.kill();
    await server.restart();
    await expect
      .poll(async () => (await workers.get(workerKey('manager', 'lasting')))?.value.beatAt, {
        timeout: 20_000,
      })
      .toBeGreaterThan(before);
    sample.child.kill('SIGTERM');
    expect(await sample.exit()).toBe(0);
  });

  it('answers probes: alive at once, ready when it takes work', async () => {
    const port = await freePort();
    const away = await freePort();
    const probe = (path: string) =>
      fetch(`http://127.0.0.1:${port}${path}`).then(
        (response) => response.status,
        () => 0,
      );
    const waiting = start('waiting', {
      MODELWRIGHT_HEALTH_PORT: String(port),
      NATS_URL: `nats://127.0.0.1:${away}`,
    });
    await expect.poll(() => probe('/healthz'), { timeout: 10_000 }).toBe(200);
    expect(await probe('/readyz')).toBe(503);
    expect(await probe('/secret')).toBe(404);
    waiting.child.kill('SIGTERM');
    expect(await waiting.exit()).toBe(0);
    start('probed', { MODELWRIGHT_HEALTH_PORT: String(port) });
    await expect.poll(() => probe('/readyz'), { timeout: 10_000 }).toBe(200);
  });

  it('lists all faults of its environment, and exits with 2', async () => {
    const sample = start('a b', { SAMPLE_FAILS: 'often' });
    expect(await sample.exit()).toBe(2);
    expect(sample.complained).toMatch(/MODELWRIGHT_NAME[\s\S]*SAMPLE_FAILS/);
  });

  it.each([
    ['its start fails', { SAMPLE_FAILS: 'start' }, 'cannot start'],
    ['content is kept elsewhere', { MODELWRIGHT_ARTIFACTS: 'folder:/nonexistent' }, '/nonexistent'],
    ['something fails that nobody waits for', { SAMPLE_FAILS: 'later' }, 'a loop ended'],
  ])('says why and exits with 1 when %s', async (_, variables, why) => {
    const sample = start('failing', variables);
    expect(await sample.exit()).toBe(1);
    expect(sample.complained).toContain(why);
  });

  it('says so and exits with 1 when the port for its probes is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const address = holder.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const sample = start('portless', { MODELWRIGHT_HEALTH_PORT: String(port) });
    expect(await sample.exit()).toBe(1);
    expect(sample.complained).toContain('EADDRINUSE');
    holder.close();
  });

  it('ends when the server wants it no more', async () => {
    const config = (password: string) => (place: { port: number; storeDir: string }) => {
      const passwords = { manager: password, designer: 'd', coder: 'c', tuner: 't', runner: 'r', cli: 'l' };
      return natsConfig({ ...place, passwords, syncAlways: false, scale: 0.05 });
    };
    const strict = await startNatsServer({ config: config('first') });
    const sample = start('dismissed', { NATS_URL: strict.url, NATS_USER: 'manager', NATS_PASSWORD: 'wrong' });
    expect(await sample.exit()).toBe(1);
    expect(sample.complained).toContain('refused the user or password');
    expect(sample.complained).not.toContain('wrong"');
    await strict.stop();
  });
});

class Sample {
  readonly child: ChildProcess;
  said = '';
  complained = '';
  readonly #ended: Promise<unknown>;

  constructor(env: Record<string, string>) {
    this.child = spawn(process.execPath, [SAMPLE], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (data) => {
      this.said += String(data);
    });
    this.child.stderr?.on('data', (data) => {
      this.complained += String(data);
    });
    this.#ended = once(this.child, 'close');
  }

  async exit(): Promise<number | null> {
    await this.#ended;
    return this.child.exitCode;
  }
}
