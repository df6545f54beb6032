import { describeOnNatsServers, type NatsServerProcess, startNatsServer } from '@modelwright/testing';
import { jetstreamManager, type StreamConfig } from '@nats-io/jetstream';
import { connect } from 'nats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from '../bus.ts';
import { openBus } from '../testing/open-bus.ts';

const SCALE = { scale: 0.05 };

describeOnNatsServers('applying the topology', ({ binary }) => {
  let server: NatsServerProcess;
  let bus: Bus;

  beforeAll(async () => {
    server = await startNatsServer({ binary });
    bus = await openBus(server.url);
  });
  afterAll(async () => {
    await bus.close();
    await server.stop();
  });

  const manager = async <T>(
    use: (jsm: Awaited<ReturnType<typeof jetstreamManager>>) => Promise<T>,
  ): Promise<T> => {
    const nc = await connect({ servers: server.url });
    try {
      return await use(await jetstreamManager(nc));
    } finally {
      await nc.close();
    }
  };

  it('is waited for by those who may not do it', async () => {
    const other = await openBus(server.url);
    const waiting = other.awaitTopology(AbortSignal.timeout(20_000));
    const impatient = AbortSignal.timeout(50);
    const given = await other.awaitTopology(impatient).catch((reason: unknown) => reason);
    expect(given).toBe(impatient.reason);
    expect(await bus.applyTopology(SCALE)).toContain('stream RUNS created');
    await waiting;
    await other.close();
  });

  it('changes nothing the second time, nor when two do it at once', async () => {
    expect(await bus.applyTopology(SCALE)).toEqual([]);
    expect((await Promise.all([1, 2, 3].map(() => bus.applyTopology(SCALE)))).flat()).toEqual([]);
  });

  it('leaves nothing on the server without a bound', async () => {
    const streams = await manager(async (jsm) => {
      const found: StreamConfig[] = [];
      for await (const { config } of jsm.streams.list()) found.push(config);
      return found;
    });
    expect(streams.map(({ name }) => name).sort()).toEqual(
      [
        ...['ADVISORIES', 'DLQ', 'INBOX', 'JOBS', 'RESULTS', 'RUNS', 'TELEMETRY', 'TURNS', 'WORK'],
        ...['KV_claims', 'KV_config', 'KV_control', 'KV_gates', 'KV_workers'],
        ...['OBJ_artifacts', 'OBJ_datasets', 'OBJ_truth', 'OBJ_workspaces'],
      ].sort(),
    );
    for (const { name, max_bytes } of streams)
      expect({ name, max_bytes }).toEqual({ name, max_bytes: expect.any(Number) });
    expect(Math.min(...streams.map(({ max_bytes }) => max_bytes))).toBeGreaterThan(0);
  });

  it('adjusts what can be adjusted, and says what', async () => {
    expect(await bus.applyTopology({ scale: 0.06 })).toContain('stream RUNS changed: max_bytes');
    const quick = await openBus(server.url, { ackWaitMs: 2_000 });
    const changes = await quick.applyTopology({ scale: 0.06 });
    expect(changes).toContain('consumer work-coder changed: ack_wait');
    expect(changes.filter((change) => change.startsWith('stream'))).toEqual([]);
    await quick.close();
  });

  it('makes the consumers of a further class of jobs, once', async () => {
    await bus.ensureJobConsumers('gpu-h200');
    await bus.ensureJobConsumers('gpu-h200');
    const info = await manager((jsm) => jsm.consumers.info('JOBS', 'jobs-gpu-h200-high'));
    expect(info.config.filter_subject).toBe('mw.v1.job.gpu-h200.high.>');
  });

  it('keeps what the server says of messages that it delivers no more', async () => {
    await manager(async (jsm) => {
      await jsm.consumers.add('DLQ', {
        durable_name: 'once',
        ack_policy: 'explicit',
        max_deliver: 1,
        ack_wait: 1e8,
      });
      const pull = async () => {
        const consumer = await jsm.jetstream().consumers.get('DLQ', 'once');
        return await consumer.fetch({ max_messages: 1, expires: 1_000 });
      };
      await jsm.jetstream().publish('mw.v1.dlq.X.none', 'x');
      for await (const message of await pull()) expect(message.info.deliveryCount).toBe(1);
      for await (const message of await pull()) expect.unreachable(message.subject);
      const { state } = await jsm.streams.info('ADVISORIES', { subjects_filter: '>' });
      expect(Object.keys(state.subjects ?? {})).toEqual([
        '$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.DLQ.once',
      ]);
    });
  });

  it('explains a stream that cannot be brought into shape', async () => {
    await manager(async (jsm) => {
      await jsm.streams.delete('WORK');
      await jsm.streams.add({ name: 'WORK', subjects: ['mw.v1.work.>'], storage: 'memory' });
    });
    await expect(bus.applyTopology(SCALE)).rejects.toMatchObject({
      kind: 'topology-mismatch',
      message: expect.stringContaining('stream WORK'),
    });
  });

  it('explains a server with too little storage', async () => {
    const small = await startNatsServer({
      binary,
      config: ({ port, storeDir }) =>
        `listen: 127.0.0.1:${port}\njetstream { store_dir: "${storeDir}", max_file_store: 100MB }`,
    });
    const other = await openBus(small.url);
    await expect(other.applyTopology()).rejects.toMatchObject({
      kind: 'no-storage',
      message: expect.stringContaining('scale'),
    });
    await other.close();
    await small.stop();
  });
});

describeOnNatsServers('connecting', ({ binary, version }) => {
  it('says that a server without JetStream is of no use', async () => {
    const server = await startNatsServer({ binary, config: ({ port }) => `listen: 127.0.0.1:${port}` });
    await expect(openBus(server.url)).rejects.toMatchObject({ kind: 'no-jetstream' });
    await server.stop();
  });

  it('says where no server answers, or waits for one', async () => {
    const server = await startNatsServer({ binary });
    await server.kill();
    await expect(openBus(server.url)).rejects.toMatchObject({ kind: 'bus-away' });
    const waiting = openBus(server.url, { waitForServer: true });
    await server.restart();
    const bus = await waiting;
    expect(bus.status()).toEqual({ connected: true, server: expect.stringContaining(version) });
    await bus.close();
    expect(bus.status().connected).toBe(false);
    expect(await bus.closed()).toBeNull();
    await server.stop();
  });

  it('shows the loss of the connection and its return', async () => {
    const server = await startNatsServer({ binary });
    const bus = await openBus(server.url);
    await server.kill();
    await expect.poll(() => bus.status().connected).toBe(false);
    await server.restart();
    await expect.poll(() => bus.status().connected, { timeout: 10_000 }).toBe(true);
    await bus.close();
    await server.stop();
  });
});
