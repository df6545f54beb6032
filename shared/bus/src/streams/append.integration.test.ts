import { turnRecord, turnSubject } from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from '../bus.ts';
import { type BusOnServer, busOnServer } from '../testing/bus-on-server.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { aTick, aTurn, RUN } from '../testing/open-bus.ts';

describeOnNatsServers('sending', (server) => {
  let stage: BusOnServer;
  let proxy: CuttableProxy;
  let bus: Bus;
  let behindProxy: Bus;

  beforeAll(async () => {
    stage = await busOnServer(server);
    bus = stage.bus;
    proxy = await CuttableProxy.before(stage.server.port);
    behindProxy = await stage.open({ url: proxy.url });
  });
  afterAll(async () => {
    await stage[Symbol.asyncDispose]();
    proxy.close();
  });

  const transcript = async (assignment: string) =>
    (await bus.streams.read('TURNS', turnSubject(RUN, assignment), turnRecord)).map(({ sequence, body }) => ({
      sequence,
      body,
    }));

  it('stores a message once, however often its id is published', async () => {
    const message = { ...aTick(1), subject: `mw.v1.inbox.7.${RUN}` };
    const first = await bus.streams.publish(message);
    expect(first.duplicate).toBe(false);
    expect(await bus.streams.publish(message)).toEqual({ sequence: first.sequence, duplicate: true });
  });

  it('refuses a body that does not match its schema, before anything is sent', async () => {
    const body = { type: 'taken' as const, worker: 'w', at: 1.5 };
    const sending = bus.streams.publish({ ...aTurn('bad', 1), body });
    await expect(sending).rejects.toMatchObject({
      kind: 'bad-body',
      message: expect.stringContaining('at:'),
    });
  });

  it('refuses a subject that no stream stores', async () => {
    const sending = bus.streams.append({ ...aTurn('a', 1), subject: 'mw.v1.nowhere', expectedLast: 0 });
    await expect(sending).rejects.toMatchObject({ kind: 'bad-request' });
  });

  it('appends at the expected place and nowhere else', async () => {
    const first = await bus.streams.append({ ...aTurn('order', 1), expectedLast: 0 });
    if (first.kind !== 'appended') throw new Error('expected an append');
    expect(await bus.streams.append({ ...aTurn('order', 2), expectedLast: 0 })).toEqual({ kind: 'conflict' });
    expect(await bus.streams.append({ ...aTurn('order', 3), expectedLast: first.sequence + 9 })).toEqual({
      kind: 'conflict',
    });
    const second = await bus.streams.append({ ...aTurn('order', 4), expectedLast: first.sequence });
    expect(second.kind).toBe('appended');
    expect((await transcript('order')).map(({ body }) => body)).toMatchObject([{ at: 1 }, { at: 4 }]);
  });

  it('lets one of two writers win, even when both derive the same message id', async () => {
    const mine = { ...aTurn('race', 1, 'mine'), messageId: 'same' };
    const yours = { ...aTurn('race', 1, 'yours'), messageId: 'same' };
    const outcomes = await Promise.all(
      [mine, yours].map((message) => bus.streams.append({ ...message, expectedLast: 0 })),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['appended', 'conflict']);
    expect(await transcript('race')).toHaveLength(1);
  });

  it('takes an id that was used before on the subject for a conflict, not for an append', async () => {
    const first = await bus.streams.append({ ...aTurn('again', 1), expectedLast: 0 });
    if (first.kind !== 'appended') throw new Error('expected an append');
    const second = await bus.streams.append({ ...aTurn('again', 1), expectedLast: first.sequence });
    expect(second).toEqual({ kind: 'conflict' });
  });

  it('finds out that an append whose answer was lost is stored', async () => {
    proxy.loseReplies = true;
    const appending = behindProxy.streams.append({ ...aTurn('lost-reply', 1), expectedLast: 0 });
    await expect.poll(() => transcript('lost-reply')).toHaveLength(1);
    proxy.loseReplies = false;
    proxy.cut();
    const [stored] = await transcript('lost-reply');
    expect(await appending).toEqual({ kind: 'appended', sequence: stored?.sequence });
  });

  it('knows its append though another one followed before the answer could be looked up', async () => {
    proxy.loseReplies = true;
    const appending = behindProxy.streams.append({ ...aTurn('followed', 1), expectedLast: 0 });
    await expect.poll(() => transcript('followed')).toHaveLength(1);
    const [stored] = await transcript('followed');
    const next = await bus.streams.append({ ...aTurn('followed', 2), expectedLast: stored?.sequence ?? -1 });
    expect(next.kind).toBe('appended');
    proxy.loseReplies = false;
    proxy.cut();
    expect(await appending).toEqual({ kind: 'appended', sequence: stored?.sequence });
  });

  it('appends once the server can be reached when the request itself was lost', async () => {
    proxy.loseRequests = true;
    const appending = behindProxy.streams.append({ ...aTurn('lost-request', 1), expectedLast: 0 });
    proxy.cut();
    proxy.loseRequests = false;
    expect((await appending).kind).toBe('appended');
    expect(await transcript('lost-request')).toHaveLength(1);
  });

  it('reports a conflict when somebody else appended while the answer was in doubt', async () => {
    proxy.loseRequests = true;
    const appending = behindProxy.streams.append({ ...aTurn('overtaken', 1), expectedLast: 0 });
    proxy.cut();
    expect((await bus.streams.append({ ...aTurn('overtaken', 2), expectedLast: 0 })).kind).toBe('appended');
    proxy.loseRequests = false;
    expect(await appending).toEqual({ kind: 'conflict' });
  });

  it('gives every writer the truth while the server is killed again and again', async () => {
    let enough = false;
    const write = async (worker: string) => {
      const mine: number[] = [];
      let expectedLast = 0;
      for (let at = 0; !enough; at++) {
        const outcome = await bus.streams.append({ ...aTurn('killed', at, worker), expectedLast });
        if (outcome.kind === 'appended') mine.push(outcome.sequence);
        expectedLast =
          (await bus.streams.last('TURNS', turnSubject(RUN, 'killed'), turnRecord))?.sequence ?? 0;
      }
      return mine;
    };
    const writers = Promise.all([write('a'), write('b')]);
    for (let kill = 0; kill < 3; kill++) {
      const before = (await transcript('killed')).length;
      await expect
        .poll(async () => (await transcript('killed')).length, { timeout: 20_000 })
        .toBeGreaterThan(before);
      await stage.crash();
    }
    enough = true;
    const [a = [], b = []] = await writers;
    const stored = await transcript('killed');
    const written = [...a, ...b].sort((left, right) => left - right);
    expect(stored.map(({ sequence }) => sequence)).toEqual(written);
    for (const { sequence, body } of stored) {
      expect(body).toMatchObject({ worker: a.includes(sequence) ? 'a' : 'b' });
    }
  });
});
