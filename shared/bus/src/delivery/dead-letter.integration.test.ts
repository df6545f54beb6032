import { assignment, inboxSubject, partitionOf } from '@modelwright/contracts';
import { describeOnNatsServers } from '@modelwright/testing';
import { connect, headers } from 'nats';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { PermanentFailure, TransientFailure } from '../failure.ts';
import { anAssignment } from '../testing/an-assignment.ts';
import { InboxStage, runOf } from '../testing/inbox-stage.ts';
import { RUN } from '../testing/open-bus.ts';
import { DONE } from './delivery.ts';

describeOnNatsServers('a message that cannot be handled', (server) => {
  let stage: InboxStage;

  beforeAll(async () => {
    stage = await InboxStage.open(server);
  });
  afterEach(() => stage.leave());
  afterAll(() => stage.close());

  it('dead-letters what cannot be parsed at once, without asking the handler, and tells the run', async () => {
    const raw = await connect({ servers: stage.on.server.url });
    const envelope = headers();
    envelope.set('Nats-Msg-Id', 'broken');
    envelope.set('Mw-Schema', 'tick.v1');
    envelope.set('Mw-Run', runOf(5));
    raw.publish(inboxSubject(runOf(5)), Uint8Array.of(0xc1), { headers: envelope });
    await raw.drain();
    const handled: string[] = [];
    stage.consume(5, (delivery) => {
      handled.push(delivery.body.type);
      return Promise.resolve(DONE);
    });
    await expect.poll(() => handled).toEqual(['attention-needed']);
    const [letter] = await stage.deadLetters(runOf(5));
    expect(letter?.body).toMatchObject({
      stream: 'INBOX',
      subject: inboxSubject(runOf(5)),
      messageId: 'broken',
      run: runOf(5),
      deliveries: 1,
      reason: expect.stringContaining('malformed-body'),
      body: Uint8Array.of(0xc1),
    });
    expect(letter?.messageId).not.toBe('broken');
  });

  it('dead-letters a message without envelope, and one of a schema nobody here reads', async () => {
    const raw = await connect({ servers: stage.on.server.url });
    raw.publish(inboxSubject(runOf(6)), 'hello');
    await raw.drain();
    await stage.bus.streams.publish({
      ...anAssignment('designer', 77),
      subject: inboxSubject(runOf(6)),
      run: null,
    });
    const before = (await stage.deadLetters(null)).length;
    const taken = await stage.take(6, stage.bus, 500);
    expect(taken).toBeNull();
    const reasons = (await stage.deadLetters(null)).slice(before).map(({ body }) => body.reason);
    expect(reasons).toEqual([
      expect.stringContaining('malformed-envelope'),
      expect.stringContaining('unknown-schema'),
    ]);
  });

  it('gives up on a permanent failure at once, tells the run, and does not tell it about that message failing too', async () => {
    const handled: string[] = [];
    stage.consume(8, (delivery) => {
      handled.push(delivery.body.type);
      return Promise.reject(new PermanentFailure('no-use', 'it never will'));
    });
    await stage.send(8, 1);
    await expect.poll(async () => (await stage.deadLetters(runOf(8))).length).toBe(2);
    await expect.poll(() => stage.waiting(8)).toBe(0);
    expect(handled).toEqual(['tick', 'attention-needed']);
    expect((await stage.deadLetters(runOf(8)))[0]?.body.reason).toBe('no-use: it never will');
  });

  it('names the assignment that was given up', async () => {
    stage.keep(
      stage.bus.streams.consume('work-tuner', assignment, { concurrency: 1, signal: stage.leaving }, () =>
        Promise.resolve({ kind: 'give-up', reason: 'three times poison' }),
      ),
    );
    await stage.bus.streams.publish(anAssignment('tuner', 5));
    const told = await stage.take(partitionOf(RUN));
    expect(told?.body).toMatchObject({ assignment: `${RUN}_c1_designer_5`, reason: 'three times poison' });
    await told?.ack();
  });

  it('tries once more after something unexpected, then gives up', async () => {
    let thrown = 0;
    stage.consume(9, ({ body }) => {
      if (body.type !== 'tick') return Promise.resolve(DONE);
      thrown += 1;
      return Promise.reject(new TypeError('a bug'));
    });
    await stage.send(9, 1);
    await expect.poll(() => stage.deadLetters(runOf(9)), { timeout: 10_000 }).toHaveLength(1);
    expect(thrown).toBe(2);
    expect((await stage.deadLetters(runOf(9)))[0]?.body).toMatchObject({
      deliveries: 2,
      reason: 'thrown twice: a bug',
    });
  });

  it('never dead-letters a transient failure', async () => {
    let attempts = 0;
    stage.consume(10, () => {
      attempts += 1;
      return attempts < 4
        ? Promise.reject(new TransientFailure('stage.bus-away', 'not now'))
        : Promise.resolve(DONE);
    });
    await stage.send(10, 1);
    await expect.poll(() => stage.waiting(10), { timeout: 15_000 }).toBe(0);
    expect(attempts).toBe(4);
    expect(await stage.deadLetters(runOf(10))).toEqual([]);
  });

  it('delivers later what the handler wants later', async () => {
    const seen: number[] = [];
    stage.consume(11, (delivery) => {
      seen.push(delivery.deliveries);
      return Promise.resolve(seen.length === 1 ? { kind: 'later', delayMs: 50, reason: 'no room' } : DONE);
    });
    await stage.send(11, 1);
    await expect.poll(() => seen).toEqual([1, 2]);
  });
});
