import { tick, turnRecord, turnSubject } from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Bus } from '../bus.ts';
import { type BusOnServer, busOnServer } from '../testing/bus-on-server.ts';
import { aTurn, RUN } from '../testing/open-bus.ts';

describeOnNatsServers('reading', (server) => {
  let stage: BusOnServer;
  let bus: Bus;

  beforeAll(async () => {
    stage = await busOnServer(server);
    bus = stage.bus;
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  const write = async (assignment: string, from: number, count: number) => {
    for (let at = from; at < from + count; at++) await bus.streams.publish(aTurn(assignment, at));
  };
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n);
  const whenOf = ({ body }: { body: { type: string } & Record<string, unknown> }) => body['at'];

  it('finds nothing on a subject without messages', async () => {
    const subject = turnSubject(RUN, 'none');
    expect(await bus.streams.read('TURNS', subject, turnRecord)).toEqual([]);
    expect(await bus.streams.last('TURNS', subject, turnRecord)).toBeNull();
  });

  it('gives all of one subject in order, with id and time, and nothing of the others', async () => {
    const before = Date.now();
    await Promise.all([write('one', 0, 20), write('other', 100, 20)]);
    const found = await bus.streams.read('TURNS', turnSubject(RUN, 'one'), turnRecord);
    expect(found.map(whenOf)).toEqual(numbers(0, 20));
    expect(found[3]).toMatchObject({
      subject: turnSubject(RUN, 'one'),
      messageId: 'one:w:3',
      schema: 'turn.v1',
    });
    expect(found[0]?.time).toBeGreaterThan(before - 60_000);
    expect((await bus.streams.last('TURNS', turnSubject(RUN, 'one'), turnRecord))?.sequence).toBe(
      found[19]?.sequence,
    );
  });

  it('goes on after a sequence, exclusive', async () => {
    await write('after', 0, 5);
    const subject = turnSubject(RUN, 'after');
    const all = await bus.streams.read('TURNS', subject, turnRecord);
    const rest = await bus.streams.read('TURNS', subject, turnRecord, all[2]?.sequence);
    expect(rest.map(whenOf)).toEqual([3, 4]);
  });

  it('is complete and ordered while others write', async () => {
    const writing = write('busy', 0, 300);
    const seen: number[] = [];
    while (seen.length < 300) {
      const found = (await bus.streams.read('TURNS', turnSubject(RUN, 'busy'), turnRecord)).map(whenOf);
      expect(found).toEqual(numbers(0, found.length));
      expect(found.length).toBeGreaterThanOrEqual(seen.length);
      seen.splice(0, seen.length, ...numbers(0, found.length));
    }
    await writing;
  });

  it('says which message it cannot read instead of leaving it out', async () => {
    await write('foreign', 0, 1);
    const reading = bus.streams.read('TURNS', turnSubject(RUN, 'foreign'), tick);
    await expect(reading).rejects.toMatchObject({ kind: 'unknown-schema' });
  });

  it('names the subjects in use, and forgets a purged one', async () => {
    await write('listed-a', 0, 2);
    await write('listed-b', 0, 1);
    const filter = `mw.v1.turn.${RUN}.>`;
    const listed = (await bus.streams.subjects('TURNS', filter)).filter((subject) =>
      subject.includes('listed'),
    );
    expect(listed).toEqual([turnSubject(RUN, 'listed-a'), turnSubject(RUN, 'listed-b')]);
    await bus.streams.purge('TURNS', turnSubject(RUN, 'listed-a'));
    expect(await bus.streams.subjects('TURNS', turnSubject(RUN, 'listed-a'))).toEqual([]);
  });

  it('follows what was there and what comes, and passes over other schemas', async () => {
    const stop = new AbortController();
    await write('followed', 0, 3);
    const seen: unknown[] = [];
    const following = (async () => {
      const subject = turnSubject(RUN, 'followed');
      for await (const message of bus.streams.follow('TURNS', subject, turnRecord, { signal: stop.signal })) {
        seen.push(whenOf(message));
        if (seen.length === 6) stop.abort();
      }
    })();
    await expect.poll(() => seen).toEqual([0, 1, 2]);
    await write('followed', 3, 3);
    await following;
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    const none = bus.streams.follow('TURNS', turnSubject(RUN, 'followed'), tick, {
      signal: AbortSignal.timeout(300),
    });
    for await (const message of none) expect.unreachable(message.messageId);
  });

  it('ends at once when its signal has come before', async () => {
    const entries = bus.streams.follow('TURNS', 'mw.v1.turn.>', turnRecord, { signal: AbortSignal.abort() });
    for await (const message of entries) expect.unreachable(message.messageId);
  });

  it('follows across two crashes of the server without gap or repeat', async () => {
    const stop = new AbortController();
    const seen: unknown[] = [];
    const following = (async () => {
      const subject = turnSubject(RUN, 'crashed');
      for await (const message of bus.streams.follow('TURNS', subject, turnRecord, { signal: stop.signal })) {
        seen.push(whenOf(message));
        if (seen.length === 300) stop.abort();
      }
    })();
    const writing = write('crashed', 0, 300);
    for (const reached of [20, 100]) {
      await expect.poll(() => seen.length, { timeout: 20_000, interval: 2 }).toBeGreaterThan(reached);
      await stage.crash();
    }
    await writing;
    await following;
    expect(seen).toEqual(numbers(0, 300));
  });

  it('stops following while the server is away', async () => {
    const stop = new AbortController();
    const following = (async () => {
      const entries = bus.streams.follow('TURNS', 'mw.v1.turn.gone.>', turnRecord, { signal: stop.signal });
      for await (const message of entries) expect.unreachable(message.messageId);
    })();
    await stage.server.kill();
    await expect.poll(() => bus.status().connected).toBe(false);
    stop.abort();
    await following;
    expect(bus.status().connected).toBe(false);
    await stage.server.restart();
    await expect.poll(() => bus.status().connected, { timeout: 10_000 }).toBe(true);
  });

  it('follows on after a server was away for a while with nothing written', async () => {
    const stop = new AbortController();
    const seen: unknown[] = [];
    const following = (async () => {
      const subject = turnSubject(RUN, 'away');
      for await (const message of bus.streams.follow('TURNS', subject, turnRecord, { signal: stop.signal })) {
        seen.push(whenOf(message));
        if (seen.length === 2) stop.abort();
      }
    })();
    await write('away', 0, 1);
    await expect.poll(() => seen).toEqual([0]);
    await stage.crash();
    await write('away', 1, 1);
    await following;
    expect(seen).toEqual([0, 1]);
  });
});
