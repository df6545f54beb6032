import { describeOnNatsServers } from '@modelwright/testing';
import { Kvm } from '@nats-io/kv';
import { connect } from 'nats';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type BusOnServer, busOnServer } from '../testing/bus-on-server.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import type { Change, Records } from './records.ts';

const holder = z.object({ by: z.string(), n: z.int() });
type Holder = z.infer<typeof holder>;

describeOnNatsServers('records', (server) => {
  let stage: BusOnServer;
  let claims: Records<Holder>;

  beforeAll(async () => {
    stage = await busOnServer(server);
    claims = stage.bus.records('claims', holder);
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it('are made once, changed by revision, deleted, and made again', async () => {
    expect(await claims.get('life')).toBeNull();
    const first = await claims.create('life', { by: 'a', n: 1 });
    expect(await claims.create('life', { by: 'b', n: 1 })).toBeNull();
    expect(await claims.get('life')).toEqual({ value: { by: 'a', n: 1 }, revision: first });
    const second = await claims.update('life', { by: 'a', n: 2 }, first ?? -1);
    expect(second).toBeGreaterThan(first ?? 0);
    expect(await claims.update('life', { by: 'a', n: 3 }, first ?? -1)).toBeNull();
    const third = await claims.put('life', { by: 'c', n: 4 });
    expect(await claims.get('life')).toEqual({ value: { by: 'c', n: 4 }, revision: third });
    await claims.delete('life');
    expect(await claims.get('life')).toBeNull();
    expect(await claims.update('life', { by: 'a', n: 5 }, third)).toBeNull();
    expect(await claims.create('life', { by: 'd', n: 6 })).toBeGreaterThan(third);
  });

  it('have one winner among many who create at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, n) => claims.create('race', { by: `w${n}`, n })),
    );
    const winners = made.flatMap((revision, n) => (revision === null ? [] : [{ revision, n }]));
    expect(winners).toHaveLength(1);
    expect(await claims.get('race')).toEqual({
      value: { by: `w${winners[0]?.n}`, n: winners[0]?.n },
      revision: winners[0]?.revision,
    });
  });

  it('lose no increment of counters that race by revision', async () => {
    const others = await Promise.all([stage.open(), stage.open()]);
    await claims.create('counter', { by: 'x', n: 0 });
    const count = async (records: Records<Holder>) => {
      for (let done = 0; done < 20; ) {
        const entry = await records.get('counter');
        if (entry === null) throw new Error('the counter is gone');
        const next = { by: 'x', n: entry.value.n + 1 };
        if ((await records.update('counter', next, entry.revision)) !== null) done += 1;
      }
    };
    await Promise.all([...others, stage.bus].map((bus) => count(bus.records('claims', holder))));
    expect((await claims.get('counter'))?.value.n).toBe(60);
  });

  it('are known to be made though the answer was lost', async () => {
    const proxy = await CuttableProxy.before(stage.server.port);
    const behind = (await stage.open({ url: proxy.url })).records('claims', holder);
    proxy.loseReplies = true;
    const creating = behind.create('doubt', { by: 'me', n: 1 });
    await expect.poll(async () => (await claims.get('doubt'))?.value.by).toBe('me');
    proxy.loseReplies = false;
    proxy.cut();
    expect(await creating).toBe((await claims.get('doubt'))?.revision);
    proxy.close();
  });

  it('are listed by key and prefix, deleted ones left out', async () => {
    const control = stage.bus.records('control', holder);
    for (const key of ['run_b', 'run_a', 'job_c', 'run_d']) await control.put(key, { by: 'x', n: 1 });
    await control.delete('run_d');
    expect(await control.keys()).toEqual(['job_c', 'run_a', 'run_b']);
    expect(await control.keys('run_')).toEqual(['run_a', 'run_b']);
  });

  it('refuse keys that could name a family of records', async () => {
    for (const key of ['', '*', 'a.>', 'a b', '.a']) {
      await expect(claims.get(key)).rejects.toMatchObject({ kind: 'bad-request' });
    }
  });

  it('refuse a value that is not what is kept there, in and out', async () => {
    await expect(claims.put('odd', { by: 'x', n: 1.5 })).rejects.toThrow();
    await stage.bus.records('claims', z.string()).put('odd', 'a string');
    await expect(claims.get('odd')).rejects.toMatchObject({ kind: 'bad-body' });
    await claims.delete('odd');
  });

  it('lie in a bucket that the official client can open', async () => {
    await claims.put('official', { by: 'x', n: 1 });
    const raw = await connect({ servers: stage.server.url });
    const bucket = await new Kvm(raw).open('claims');
    expect((await bucket.get('official'))?.operation).toBe('PUT');
    await bucket.delete('official');
    expect(await claims.get('official')).toBeNull();
    await raw.close();
  });

  it('are watched: first as they are, then every change, also across a crash of the server', async () => {
    const config = stage.bus.records('config', holder);
    await config.put('watched-1', { by: 'x', n: 1 });
    await config.put('watched-1', { by: 'x', n: 2 });
    const stop = new AbortController();
    const seen: Change<Holder>[] = [];
    const watching = (async () => {
      for await (const change of config.watch('watched-1', stop.signal)) seen.push(change);
    })();
    await expect.poll(() => seen.map(({ value }) => value?.n)).toEqual([2]);
    await config.put('watched-2', { by: 'x', n: 9 });
    await config.put('watched-1', { by: 'x', n: 3 });
    await expect.poll(() => seen.map(({ value }) => value?.n)).toEqual([2, 3]);
    await stage.crash();
    await config.put('watched-1', { by: 'x', n: 4 });
    await config.delete('watched-1');
    await expect
      .poll(() => seen.map(({ value }) => value?.n), { timeout: 15_000 })
      .toEqual([2, 3, 4, undefined]);
    expect(seen.map(({ revision }) => revision)).toEqual(
      [...seen].map(({ revision }) => revision).sort((a, b) => a - b),
    );
    stop.abort();
    await watching;
  });

  it('that changed while the server was away reach a watcher once, as they are', async () => {
    const workers = stage.bus.records('workers', holder);
    const stop = new AbortController();
    const seen: (number | undefined)[] = [];
    const watching = (async () => {
      for await (const { value } of workers.watch('>', stop.signal)) seen.push(value?.n);
    })();
    await stage.crash();
    await workers.put('a', { by: 'x', n: 1 });
    await expect.poll(() => seen, { timeout: 15_000 }).toEqual([1]);
    stop.abort();
    await watching;
  });
});
