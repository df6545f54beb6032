import { assignment, type InboxMessage, inboxDefinitions, inboxSubject, tick } from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { anAssignment } from '../testing/an-assignment.ts';
import { ACK_WAIT_MS, InboxStage, runOf } from '../testing/inbox-stage.ts';
import { aTick } from '../testing/open-bus.ts';
import { type Delivery, DONE } from './delivery.ts';

describeOnNatsServers('delivery', (server) => {
  let stage: InboxStage;

  beforeAll(async () => {
    stage = await InboxStage.open(server);
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  it('gives one message with its envelope, and takes it from the stream when acknowledged', async () => {
    await stage.send(0, 1);
    const delivery = await stage.take(0);
    expect(delivery).toMatchObject({
      body: { type: 'tick', now: 1 },
      envelope: { messageId: `tick:${runOf(0)}:1`, schema: 'tick.v1', run: runOf(0), cause: null },
      subject: inboxSubject(runOf(0)),
      deliveries: 1,
      ackWaitMs: ACK_WAIT_MS,
    });
    expect(await delivery?.ack()).toBe(true);
    expect(await stage.waiting(0)).toBe(0);
  });

  it('answers null when nothing comes in time, and at once when the signal comes', async () => {
    expect(await stage.take(0, stage.bus, 200)).toBeNull();
    const taking = stage.take(0, stage.bus, 60_000);
    await stage.leave();
    expect(await taking).toBeNull();
  });

  it('gives what is there when it may not wait, or null at once', async () => {
    const since = performance.now();
    expect(await stage.take(0, stage.bus, 0)).toBeNull();
    expect(performance.now() - since).toBeLessThan(1000);
    await stage.send(0, 7);
    const delivery = await stage.take(0, stage.bus, 0);
    expect(delivery?.body).toMatchObject({ now: 7 });
    await delivery?.ack();
  });

  it('delivers again what was given back, after the delay, counting', async () => {
    await stage.send(1, 1);
    const first = await stage.take(1);
    const since = performance.now();
    await first?.nak(300);
    const second = await stage.take(1);
    expect(performance.now() - since).toBeGreaterThan(290);
    expect(second?.deliveries).toBe(2);
    expect(second?.sequence).toBe(first?.sequence);
    await second?.ack();
  });

  it('delivers again what nobody answered, and whoever slept past the ack wait stays silent', async () => {
    await stage.send(2, 1);
    const slept = await stage.take(2);
    const second = await stage.take(2, await stage.on.open());
    expect(second?.deliveries).toBe(2);
    expect(slept?.owned()).toBe(false);
    expect(await slept?.ack()).toBe(false);
    await slept?.nak(0);
    expect(second?.owned()).toBe(true);
    expect(await stage.waiting(2)).toBe(1);
    expect(await second?.ack()).toBe(true);
    expect(await stage.waiting(2)).toBe(0);
  });

  it('leaves a message with the handler that works longer than the ack wait', async () => {
    const other = await stage.on.open();
    const stillOwned: boolean[] = [];
    const deliveries: number[] = [];
    const slow = async (delivery: Delivery<InboxMessage>) => {
      deliveries.push(delivery.deliveries);
      await new Promise((resolve) => setTimeout(resolve, ACK_WAIT_MS * 2.5));
      stillOwned.push(delivery.owned());
      return DONE;
    };
    stage.consume(3, slow);
    stage.consume(3, slow, other);
    await stage.send(3, 1);
    await expect.poll(() => stillOwned, { timeout: 10_000 }).toEqual([true]);
    await expect.poll(() => stage.waiting(3)).toBe(0);
    expect(deliveries).toEqual([1]);
  });

  it('never handles more at once than it may, and finishes what is in hand when it leaves', async () => {
    let now = 0;
    let most = 0;
    let finished = 0;
    const { promise: open, resolve: release } = Promise.withResolvers<void>();
    const role = 'designer';
    stage.keep(
      stage.bus.streams.consume(
        'work-designer',
        assignment,
        { concurrency: 3, signal: stage.leaving },
        async () => {
          now += 1;
          most = Math.max(most, now);
          await open;
          now -= 1;
          finished += 1;
          return DONE;
        },
      ),
    );
    for (let n = 0; n < 5; n++) await stage.bus.streams.publish(anAssignment(role, n));
    await expect.poll(() => now).toBe(3);
    const left = stage.leave();
    release();
    await left;
    expect({ most, finished }).toEqual({ most: 3, finished: 3 });
  });

  it('decides the messages of a partition one after another, in order', async () => {
    const seen: number[] = [];
    const handle = (delivery: Delivery<InboxMessage>) => {
      if (delivery.body.type === 'tick') seen.push(delivery.body.now);
      return Promise.resolve(DONE);
    };
    stage.consume(4, handle, stage.bus, 4);
    stage.consume(4, handle, await stage.on.open(), 4);
    for (let now = 0; now < 40; now++) await stage.send(4, now);
    await expect.poll(() => seen.length).toBe(40);
    expect(seen).toEqual(Array.from({ length: 40 }, (_, n) => n));
  });

  it('goes on by itself after a crash of the server, losing nothing and dead-lettering nothing', async () => {
    const seen = new Set<number>();
    stage.consume(12, async ({ body }) => {
      if (body.type === 'tick') seen.add(body.now);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return DONE;
    });
    const sending = (async () => {
      for (let now = 0; now < 100; now++) await stage.send(12, now);
    })();
    await expect.poll(() => seen.size, { interval: 2 }).toBeGreaterThan(20);
    await stage.on.crash();
    await sending;
    await expect.poll(() => seen.size, { timeout: 20_000 }).toBe(100);
    expect(await stage.deadLetters(runOf(12))).toEqual([]);
  });

  it('takes a message sent after a restart of the server by a call made before it', async () => {
    const taking = stage.take(13, stage.bus, 30_000);
    await stage.on.crash();
    await stage.send(13, 1);
    const delivery = await taking;
    expect(delivery).not.toBeNull();
    await delivery?.ack();
  });

  it('carries a body of megabytes, through the content store', async () => {
    const text = 'x'.repeat(3_000_000);
    const message = {
      ...aTick(1, runOf(14)),
      definition: inboxDefinitions['cancel-requested'],
      subject: inboxSubject(runOf(14)),
      body: { type: 'cancel-requested' as const, run: runOf(14), reason: text },
    };
    await stage.bus.streams.publish(message);
    const delivery = await stage.take(14);
    expect(delivery?.body).toEqual(message.body);
    await delivery?.ack();
  });

  it('names a wrong definition of tick in the error that a reader gets', async () => {
    const subject = inboxSubject(runOf(15));
    await stage.bus.streams.publish({ ...aTick(1, runOf(15)), subject });
    const reading = stage.bus.streams.read('INBOX', subject, { ...tick, body: assignment.body });
    await expect(reading).rejects.toMatchObject({
      kind: 'bad-body',
      message: expect.stringContaining('tick'),
    });
  });
});
