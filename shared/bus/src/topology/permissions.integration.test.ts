import {
  agentJobId,
  assignment,
  assignmentId,
  type Claim,
  claim,
  gate,
  inboxDefinitions,
  inboxSubject,
  jobOutcomeSubject,
  runLogSubject,
  runRecord,
  turnRecord,
  turnSubject,
  workSubject,
} from '@modelwright/contracts';
import { describeOnNatsServers, type NatsServerProcess, startNatsServer } from '@modelwright/testing';
import { connect, type NatsConnection } from 'nats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  BUS_USERS,
  type Bus,
  type BusUser,
  natsConfig,
  permissionsOf,
  supportsSyncAlways,
} from '../index.ts';
import { anAssignment } from '../testing/an-assignment.ts';
import { aTick, aTurn, openBus, RUN } from '../testing/open-bus.ts';

const SCALE = { scale: 0.05 };
const passwords = Object.fromEntries(BUS_USERS.map((user) => [user, `$secret of ${user}`])) as Record<
  BusUser,
  string
>;
const signal = () => AbortSignal.timeout(10_000);
const aClaim: Claim = {
  job: 'j',
  run: RUN,
  attempt: 1,
  runner: 'r',
  process: 'p',
  state: 'held',
  claimedAt: 0,
  checkpoint: null,
  attemptsWithoutProgress: 0,
};
const aRecord = (previous: number) => ({
  definition: runRecord,
  subject: runLogSubject(RUN),
  messageId: `record:${previous}`,
  run: RUN,
  body: { previous, cause: { messageId: 'x', type: 'tick' }, at: 0, reason: 'r', events: [], effects: [] },
});

describeOnNatsServers('each user of the bus', ({ binary, version }) => {
  let server: NatsServerProcess;
  const buses = new Map<BusUser, Bus>();
  const raws = new Map<BusUser, NatsConnection>();
  const busOf = (user: BusUser) => buses.get(user) ?? expect.unreachable();
  const rawOf = (user: BusUser) => raws.get(user) ?? expect.unreachable();

  beforeAll(async () => {
    server = await startNatsServer({
      binary,
      config: (place) =>
        natsConfig({ ...place, passwords, syncAlways: supportsSyncAlways(version), scale: 0.05 }),
    });
    for (const user of BUS_USERS) {
      buses.set(user, await openBus(server.url, { user, password: passwords[user] }));
      raws.set(
        user,
        await connect({ servers: server.url, user, pass: passwords[user], inboxPrefix: `_INBOX_${user}` }),
      );
    }
    await busOf('manager').applyTopology(SCALE);
  });
  afterAll(async () => {
    for (const bus of buses.values()) await bus.close();
    for (const raw of raws.values()) await raw.close();
    await server.stop();
  });

  const isDenied = async (user: BusUser, subject: string, payload = '') =>
    await rawOf(user)
      .request(subject, payload, { timeout: 2_000 })
      .then(
        () => 'allowed',
        (error: unknown) => (String(error).includes('ermission') ? 'denied' : `other: ${error}`),
      );

  it('must know its password', async () => {
    await expect(openBus(server.url, { user: 'runner', password: 'guess' })).rejects.toMatchObject({
      kind: 'not-permitted',
    });
    await expect(openBus(server.url)).rejects.toMatchObject({ kind: 'not-permitted' });
  });

  it('can wait for the topology, and carry a large body', async () => {
    for (const user of BUS_USERS) {
      await busOf(user).awaitTopology(signal());
      const body = { type: 'cancel-requested' as const, run: RUN, reason: 'x'.repeat(300_000) };
      const definition = inboxDefinitions['cancel-requested'];
      await busOf(user).streams.publish({ definition, subject: inboxSubject(RUN), messageId: user, body });
      const taken = await busOf('manager').streams.take('inbox-07', definition, 5_000, signal());
      expect(taken?.body).toEqual(body);
      await taken?.ack();
    }
  });

  it.each(['designer', 'coder', 'tuner'] as const)(
    '%s: can take its work, write turns, ask for jobs, store work',
    async (role) => {
      const { streams, store, records } = busOf(role);
      const message = {
        ...anAssignment('tuner', 1),
        subject: workSubject(role, 'normal', RUN),
        messageId: role,
      };
      await busOf('manager').streams.publish(message);
      const taken = await streams.take(`work-${role}`, assignment, 5_000, signal());
      expect(taken?.body.run).toBe(RUN);
      expect(await taken?.ack()).toBe(true);
      const id = assignmentId(RUN, 'c1', role, 1);
      expect((await streams.append({ ...aTurn(id, 1), expectedLast: 0 })).kind).toBe('appended');
      expect(await streams.read('TURNS', turnSubject(RUN, id), turnRecord)).toHaveLength(1);
      expect(
        await streams.last('RESULTS', jobOutcomeSubject(RUN, agentJobId(id, 1, 0)), turnRecord),
      ).toBeNull();
      await rawOf(role).request(`mw.v1.job.cpu.high.${RUN}`, 'x', { timeout: 2_000 });
      const ref = await store.putBytes('workspaces', Buffer.from(`bundle of ${role}`));
      expect(Buffer.from(await store.getBytes(ref)).toString()).toBe(`bundle of ${role}`);
      await records('workers', z.string()).put(`${role}.x`, 'here');
      await expect(records('workers', z.string()).put('manager.x', 'a lie')).rejects.toMatchObject({
        kind: 'not-permitted',
      });
      for await (const change of records('control', z.string()).watch('>', AbortSignal.timeout(200))) {
        expect(change.key).toBeDefined();
      }
    },
  );

  it('only who asks models passes through the gates of their keys', async () => {
    const open = { pausedUntil: 0, due: 0 };
    for (const role of ['manager', 'designer', 'coder', 'tuner'] as const) {
      const gates = busOf(role).records('gates', gate);
      const revision = await gates.create(`key-of-${role}`, open);
      expect(await gates.update(`key-of-${role}`, { ...open, due: 1 }, revision ?? 0)).not.toBeNull();
    }
    for (const user of ['runner', 'cli'] as const) {
      const refused = busOf(user).records('gates', gate).put('key', open);
      await expect(refused).rejects.toMatchObject({ kind: 'not-permitted' });
    }
  });

  it('tuner: can stop jobs, and cannot write what is wanted of a run', async () => {
    const control = busOf('tuner').records('control', z.string());
    await control.put('job.x', 'cancelled');
    await expect(control.put('run.x', 'closed')).rejects.toMatchObject({ kind: 'not-permitted' });
  });

  it('runner: can take jobs of a new class, claim, report, and store what a job left', async () => {
    const { streams, store, records, ensureJobConsumers } = busOf('runner');
    await ensureJobConsumers('gpu');
    await busOf('tuner').streams.publish({
      ...anAssignment('tuner', 2),
      subject: `mw.v1.job.gpu.normal.${RUN}`,
      messageId: 'a job',
    });
    const taken = await streams.take('jobs-gpu-normal', assignment, 5_000, signal());
    expect([...(await streams.depths('JOBS', 'mw.v1.job.gpu.>')).values()]).toEqual([1]);
    await taken?.ack();
    const revision = await records('claims', claim).create('j', aClaim);
    expect(
      await records('claims', claim).update('j', { ...aClaim, attempt: 2 }, revision ?? 0),
    ).not.toBeNull();
    const outcome = { ...aTurn('x', 1), subject: jobOutcomeSubject(RUN, 'j') };
    expect((await streams.append({ ...outcome, expectedLast: 0 })).kind).toBe('appended');
    expect((await streams.append({ ...outcome, expectedLast: 0 })).kind).toBe('conflict');
    await streams.publish({ ...aTurn('t', 1), subject: `mw.v1.tel.${RUN}.j.1.log` });
    await store.getBytes(await store.putBytes('artifacts', Buffer.from('output')));
    const data = await busOf('manager').store.putBytes('datasets', Buffer.from('rows'));
    await store.getBytes(data);
    for await (const change of records('control', z.string()).watch('>', AbortSignal.timeout(200))) {
      expect(change.key).toBeDefined();
    }
    expect(await records('config', z.string()).create('environment.x', 'a lock')).not.toBeNull();
    expect(await records('config', z.string()).create('asset.run.x', 'a pin')).not.toBeNull();
    const refused = records('config', z.string()).put('topology', 'mine');
    await expect(refused).rejects.toMatchObject({ kind: 'not-permitted' });
    expect(await records('workers', z.string()).keys()).toContain('coder.x');
  });

  it('cli: can upload a task, submit it, follow the run, and say how full the bus is', async () => {
    const { streams, store } = busOf('cli');
    const source = await store.putBytes('truth', Buffer.from('labels'));
    expect(await store.putBytes('truth', Buffer.from('labels'))).toEqual(source);
    await streams.publish({ ...aTick(5), subject: inboxSubject(RUN) });
    await busOf('manager').streams.append({ ...aRecord(0), expectedLast: 0 });
    for await (const record of streams.follow('RUNS', 'mw.v1.run.*.log', runRecord, { signal: signal() })) {
      expect(record.body.reason).toBe('r');
      break;
    }
    expect(await streams.read('RUNS', runLogSubject(RUN), runRecord)).toHaveLength(1);
    expect(await streams.subjects('RUNS', 'mw.v1.run.*.log')).toEqual([runLogSubject(RUN)]);
    expect((await streams.fullest()).share).toBeGreaterThan(0);
    expect(Buffer.from(await busOf('manager').store.getBytes(source)).toString()).toBe('labels');
  });

  it('cli: can see which jobs wait, and say what is wanted of hosts and accelerators, not of runs and jobs', async () => {
    const { streams, records } = busOf('cli');
    expect((await streams.depths('JOBS', 'mw.v1.job.>')).size).toBeGreaterThan(0);
    await streams.read('JOBS', `mw.v1.job.gpu-none.normal.${RUN}`, assignment);
    await records('control', z.string()).put('runner.x', 'finish');
    await records('control', z.string()).put('accelerator.x', 'released');
    for (const key of ['run.x', 'job.x', 'assignment.x']) {
      const refused = records('control', z.string()).put(key, 'closed');
      await expect(refused).rejects.toMatchObject({ kind: 'not-permitted' });
    }
    expect(await isDenied('cli', '$JS.API.CONSUMER.MSG.NEXT.JOBS.jobs-cpu-high', '{}')).toBe('denied');
  });

  describe.each(BUS_USERS.filter((user) => user !== 'manager'))('%s', (user) => {
    it('cannot read the truth, by any of the ways that lead to it', async () => {
      const source = await busOf('manager').store.putBytes('truth', Buffer.from('hidden labels'));
      await expect(busOf(user).store.getBytes(source)).rejects.toMatchObject({ kind: 'not-permitted' });
      const anything = JSON.stringify({ seq: 1 });
      const ways = [
        ['$JS.API.STREAM.MSG.GET.OBJ_truth', anything],
        ['$JS.API.DIRECT.GET.OBJ_truth', anything],
        ['$JS.API.DIRECT.GET.OBJ_truth.$O.truth.C.x', ''],
        ['$JS.API.CONSUMER.CREATE.OBJ_truth', '{}'],
        ['$JS.API.CONSUMER.CREATE.OBJ_truth.x', '{}'],
        ['$JS.API.CONSUMER.CREATE.OBJ_truth.x.$O.truth.>', '{}'],
        ['$JS.API.CONSUMER.DURABLE.CREATE.OBJ_truth.x', '{}'],
        ['$JS.API.STREAM.SNAPSHOT.OBJ_truth', '{}'],
        ['$JS.API.STREAM.CREATE.COPY', JSON.stringify({ name: 'COPY', sources: [{ name: 'OBJ_truth' }] })],
        ['$JS.API.STREAM.UPDATE.OBJ_truth', '{}'],
      ] as const;
      for (const [subject, payload] of ways) {
        expect(`${subject}: ${await isDenied(user, subject, payload)}`).toBe(`${subject}: denied`);
      }
    });

    it('cannot listen to what is not its own', async () => {
      for (const subject of ['$O.truth.>', '_INBOX_manager.>', '_INBOX.>', 'mw.v1.>', '>']) {
        const subscription = rawOf(user).subscribe(subject);
        const ended = await Promise.race([
          subscription.closed,
          new Promise((end) => setTimeout(end, 2_000, 'open')),
        ]);
        expect(String(ended)).toContain('ermission');
      }
    });

    it('cannot append to the log of a run, nor remove anything', async () => {
      await expect(busOf(user).streams.append({ ...aRecord(1), expectedLast: 1 })).rejects.toMatchObject({
        kind: 'not-permitted',
      });
      for (const subject of ['STREAM.PURGE.RUNS', 'STREAM.DELETE.RUNS', 'STREAM.MSG.DELETE.RUNS']) {
        expect(await isDenied(user, `$JS.API.${subject}`, '{}')).toBe('denied');
      }
      await expect(busOf(user).applyTopology({ scale: 0.07 })).rejects.toMatchObject({
        kind: 'not-permitted',
      });
    });

    it('cannot take the work of another role', async () => {
      const others = ['setup', 'designer', 'coder', 'tuner', 'grader'].filter((role) => role !== user);
      for (const role of others) {
        expect(await isDenied(user, `$JS.API.CONSUMER.MSG.NEXT.WORK.work-${role}`, '{"no_wait":true}')).toBe(
          'denied',
        );
      }
      expect(await isDenied(user, '$JS.API.CONSUMER.MSG.NEXT.INBOX.inbox-00', '{"no_wait":true}')).toBe(
        'denied',
      );
    });
  });

  it.each(['designer', 'coder', 'tuner', 'cli'] as const)(
    '%s: cannot state the outcome of a job or claim one',
    async (user) => {
      expect(await isDenied(user, jobOutcomeSubject(RUN, 'forged'))).toBe('denied');
      expect(await isDenied(user, '$KV.claims.j')).toBe('denied');
    },
  );

  it('gets no more than its list: only the manager may do everything', () => {
    for (const user of BUS_USERS.filter((one) => one !== 'manager')) {
      const { publish, subscribe } = permissionsOf(user);
      expect(subscribe).toEqual([`_INBOX_${user}.>`]);
      expect(
        publish.filter((subject) => ['>', '$JS.API.>', '$KV.>', '$O.>', 'mw.v1.>'].includes(subject)),
      ).toEqual([]);
    }
  });
});
