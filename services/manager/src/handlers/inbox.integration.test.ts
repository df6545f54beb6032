import { setTimeout as sleep } from 'node:timers/promises';
import { type Bus, runInboxConsumer } from '@modelwright/bus';
import { type BusOnServer, busOnServer } from '@modelwright/bus/testing';
import {
  assignment,
  type InboxMessage,
  inboxDefinitions,
  inboxSubject,
  runLogSubject,
  runRecord,
  workFilter,
} from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { describeOnNatsServers } from '@modelwright/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEffects, type Effects } from '../adapters/effects.ts';
import { createRunLogs } from '../adapters/run-logs.ts';
import { replayDecisions } from '../core/replay.ts';
import { playedByModels } from '../core/testing/paid-work.ts';
import { submitted } from '../core/testing/samples.ts';
import { inboxHandler } from './inbox.ts';

const logger = createLogger({ service: 'test', name: 'test', level: 'silent' });

describeOnNatsServers('the inbox of runs', (under) => {
  let site: BusOnServer;
  beforeAll(async () => {
    site = await busOnServer(under, { ackWaitMs: 1000 });
  });
  afterAll(() => site[Symbol.asyncDispose]());

  it('a submitted run is started, put on record once, and its work sent', async () => {
    const run = 'first-aaaaaa-01';
    await deliver(site.bus, { ...submitted(), run });
    await working(site.bus, createEffects(site.bus), run, async () => {
      await until(async () => (await recordsOf(site.bus, run)).length > 0);
    });
    const [record, ...more] = await recordsOf(site.bus, run);
    expect(more).toEqual([]);
    expect(record).toMatchObject({ previous: 0, cause: { type: 'run-submitted' } });
    const sent = await site.bus.streams.read('WORK', workFilter('setup'), assignment);
    expect(sent.map(({ body }) => body.id)).toContain(`${run}_run_setup_1`);
  });

  it('a manager that dies between its record and its effects decides nothing twice, and nothing is lost', async () => {
    const run = 'second-bbbbbb-02';
    const real = createEffects(site.bus);
    let deaths = 0;
    const dying: Effects = {
      async perform(effects, of) {
        if (deaths === 0) {
          deaths += 1;
          throw new Error('killed here');
        }
        await real.perform(effects, of);
      },
    };
    await deliver(site.bus, { ...submitted(), run });
    await working(site.bus, dying, run, async () => {
      await until(async () => (await workOf(site.bus, run)).length > 0);
    });
    expect(deaths).toBe(1);
    expect(await recordsOf(site.bus, run)).toHaveLength(1);
    expect(await workOf(site.bus, run)).toEqual([`${run}_run_setup_1`]);
  });

  it('a tick that changes nothing leaves no record', async () => {
    const run = 'third-cccccc-03';
    await deliver(site.bus, { ...submitted(), run });
    await deliver(site.bus, { type: 'tick', run, now: Date.now(), slots: 2 });
    await deliver(site.bus, { type: 'tick', run, now: Date.now(), slots: 5 });
    await working(site.bus, createEffects(site.bus), run, async () => {
      await until(async () => (await recordsOf(site.bus, run)).length === 2);
    });
    expect((await recordsOf(site.bus, run)).map(({ cause }) => cause.type)).toEqual([
      'run-submitted',
      'tick',
    ]);
  });

  it('what is on record, as it comes back from the stream, is decided again in the same way', async () => {
    const run = 'fifth-eeeeee-06';
    await deliver(site.bus, { ...playedByModels(), run });
    await deliver(site.bus, { type: 'budget-raised', run, microUsd: 2_000_000 });
    await deliver(site.bus, {
      type: 'attention-needed',
      run,
      subject: 's',
      assignment: `${run}_run_setup_1`,
      reason: 'it could not be handled',
    });
    await working(site.bus, createEffects(site.bus), run, async () => {
      await until(async () => (await recordsOf(site.bus, run)).length === 3);
    });
    const records = await site.bus.streams.read('RUNS', runLogSubject(run), runRecord);
    expect(replayDecisions(records)).toEqual({ decisions: 3, silent: 0, foreign: 0, divergence: null });
  });

  it('two managers on one partition keep one log', async () => {
    const run = 'fourth-dddddd-04';
    await deliver(site.bus, { ...submitted(), run });
    for (let n = 0; n < 20; n += 1) await deliver(site.bus, { type: 'tick', run, now: n, slots: n + 3 });
    const other = await site.open();
    await working(site.bus, createEffects(site.bus), run, () =>
      working(other, createEffects(other), run, async () => {
        await until(async () => (await recordsOf(site.bus, run)).length === 21);
      }),
    );
    const records = await site.bus.streams.read('RUNS', runLogSubject(run), runRecord);
    expect(records.map(({ body }) => body.previous)).toEqual([
      0,
      ...records.slice(0, -1).map((one) => one.sequence),
    ]);
  });
});

let published = 0;

async function deliver(bus: Bus, body: InboxMessage): Promise<void> {
  published += 1;
  const definition = inboxDefinitions[body.type];
  const { run } = body;
  await bus.streams.publish({
    definition,
    subject: inboxSubject(run),
    body,
    messageId: `test-${published}`,
    run,
  });
}

/** Consumes the run's partition while `meanwhile` goes on. */
async function working(
  bus: Bus,
  effects: Effects,
  run: string,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  const handle = inboxHandler({ logs: createRunLogs(bus), effects, logger, now: Date.now });
  const consuming = bus.streams.consume(
    runInboxConsumer(run),
    Object.values(inboxDefinitions),
    { concurrency: 1, signal: stop.signal },
    handle,
  );
  try {
    await meanwhile();
  } finally {
    stop.abort();
    await consuming;
  }
}

async function recordsOf(bus: Bus, run: string) {
  return (await bus.streams.read('RUNS', runLogSubject(run), runRecord)).map(({ body }) => body);
}

async function workOf(bus: Bus, run: string): Promise<string[]> {
  const sent = await bus.streams.read('WORK', workFilter('setup'), assignment);
  return sent.flatMap(({ body }) => (body.run === run ? [body.id] : []));
}

/** Asks again until the answer is yes; the test's own time-out ends a wait that is in vain. */
async function until(answer: () => Promise<boolean>): Promise<void> {
  while (!(await answer())) await sleep(20);
}
