/** `up`, `down` and `ps` with a real nats-server and stand-ins for the services. */
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeOnNatsServers, natsServersUnderTest, temporaryFolder } from '@modelwright/testing';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../config.ts';
import { Refusal } from '../../core/problem.ts';
import { withBus } from '../bus.ts';
import { anyFreePort } from '../free-port.ts';
import { awaitEnd, signalProcess } from '../process-table.ts';
import { StateFolder } from '../state-folder.ts';
import type { Toolchain } from '../toolchain.ts';
import { readWorkers } from '../workers.ts';
import { takeDown } from './down.ts';
import { lookAtFarm } from './farm.ts';
import { bringUp, type UpWish } from './up.ts';

const ROOT = fileURLToPath(new URL('../../testing/farm', import.meta.url));
const WISH: UpWish = { counts: {}, slots: null, port: null, foreground: false, source: {} };

let server = { path: '', version: '' };
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let config: Config;
let toolchain: Toolchain;

const configWith = (env: Record<string, string> = {}) =>
  readConfig({ PATH: process.env['PATH'], MODELWRIGHT_HOME: folder.path, ...env }, folder.path, ROOT);
const up = (changes: Partial<UpWish> = {}, as = config) => bringUp(as, toolchain, { ...WISH, ...changes });
const refusalOf = async (work: Promise<unknown>) => {
  const refused = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(refused instanceof Refusal)) throw new Error(`not refused: ${String(refused)}`);
  return { exitCode: refused.exitCode, ...refused.problems[0] };
};

beforeEach(async () => {
  toolchain = { findNatsServer: () => server, findPython: () => '/usr/bin/python3' };
  folder = await temporaryFolder('modelwright-farm-');
  config = configWith();
});

afterEach(async () => {
  await takeDown(config, { kill: true });
  await folder[Symbol.asyncDispose]();
});

describeOnNatsServers('the farm of this machine', ({ binary, version }) => {
  beforeAll(() => {
    server = { path: binary, version };
  });

  it('comes up once and stays where it is, keeps its state to its owner, and goes down without a trace', async () => {
    const first = await up({ counts: { coder: 2 } });
    expect(first.started.map((place) => place.name)).toEqual([
      'manager-1',
      'designer-1',
      'coder-1',
      'coder-2',
      'tuner-1',
      'gpu-runner-1',
    ]);
    const again = await up();
    expect(again).toMatchObject({ started: [], server: null, natsUrl: first.natsUrl });
    expect(again.kept).toHaveLength(6);

    const port = Number(first.natsUrl.split(':').at(-1));
    const moved = await refusalOf(up({ port: port === 65535 ? port - 1 : port + 1 }));
    expect(moved).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('already runs here at port'),
    });

    expect((await stat(folder.path)).mode & 0o777).toBe(0o700);
    for (const secret of ['processes.json', 'nats/nats-server.conf', 'nats/passwords/cli']) {
      expect((await stat(join(folder.path, secret))).mode & 0o777).toBe(0o600);
    }
    const workers = await withBus(config, readWorkers);
    expect(workers.map((worker) => worker.name).toSorted()).toHaveLength(6);

    const { stopped, killed } = await takeDown(config, { kill: false });
    expect(stopped).toHaveLength(7);
    expect(killed).toEqual([]);
    expect(await lookAtFarm(config)).toMatchObject({ recorded: null, alive: [], dead: [] });
  });

  it('starts only what died, and the server at the port the living know', async () => {
    const { natsUrl } = await up();
    const before = await lookAtFarm(config);
    const coder = before.alive.find((one) => one.name === 'coder-1');
    for (const victim of [coder, before.server]) {
      if (victim == null) throw new Error('it does not run');
      await signalProcess(victim, 'SIGKILL');
      await awaitEnd(victim, 5000);
    }
    const outcome = await up();
    expect(outcome.started.map((place) => place.name)).toEqual(['coder-1']);
    expect(outcome).toMatchObject({ natsUrl, server: { version } });
    expect((await lookAtFarm(config)).alive).toHaveLength(5);
  });
});

const newest = natsServersUnderTest().at(-1)?.server;

describe.skipIf(newest == null)('the farm of this machine, on one server', () => {
  beforeAll(() => {
    server = { path: newest?.binary ?? '', version: newest?.version ?? '' };
  });

  it('starts services again that were told of other models, and the runner is told of none', async () => {
    await up();
    const runnerBefore = (await lookAtFarm(config)).alive.find((one) => one.service === 'gpu-runner');
    const keyed = configWith({ OPENAI_API_KEY: 'a secret' });
    const outcome = await up({}, keyed);
    expect(outcome.renewed.map((one) => one.name)).toEqual(['manager-1', 'designer-1', 'coder-1', 'tuner-1']);
    const { alive } = await lookAtFarm(config);
    expect(alive).toHaveLength(5);
    expect(alive.find((one) => one.service === 'gpu-runner')).toEqual(runnerBefore);
    expect(await readFile(join(folder.path, 'processes.json'), 'utf8')).not.toContain('a secret');
    // A terminal that knows nothing of models leaves all as it is; one that asks for others must have the key.
    expect(await up()).toMatchObject({ started: [], renewed: [] });
    expect(await refusalOf(up({ source: { model: 'another' } }))).toMatchObject({
      exitCode: 2,
      message: expect.stringContaining('OPENAI_API_KEY is not set here'),
    });
    expect((await up({ source: { model: 'another' } }, keyed)).renewed).toHaveLength(4);
  });

  it('brings two who call at once the same farm', async () => {
    const [one, other] = await Promise.all([up(), up()]);
    expect(one.started.length + other.started.length).toBe(5);
    expect(one.natsUrl).toBe(other.natsUrl);
  });

  it('says why a service did not start, and takes back what it had started', async () => {
    const refused = await refusalOf(up({}, configWith({ STAND_IN_TUNER_1: 'die' })));
    expect(refused).toMatchObject({ exitCode: 3, message: 'tuner-1 ended at its start (exit code 3)' });
    expect(refused.remedy).toContain('tuner-1 cannot start: it was told so');
    expect(await lookAtFarm(config)).toMatchObject({ recorded: null, server: null, alive: [] });
  });

  it('refuses a port that is taken, and finds another when none is asked for', async () => {
    const taken = createServer();
    const port = await anyFreePort();
    await new Promise<void>((done) => taken.listen(port, '127.0.0.1', done));
    try {
      const refused = await refusalOf(up({ port }));
      expect(refused).toMatchObject({ exitCode: 2, message: `port ${port} is in use` });
      expect(await lookAtFarm(config)).toMatchObject({ recorded: null });
    } finally {
      taken.close();
    }
  });

  it('kills what does not end, when told to', async () => {
    await up({}, configWith({ STAND_IN_CODER_1: 'hang' }));
    expect((await takeDown(config, { kill: true })).killed).toContain('coder-1');
    expect(await lookAtFarm(config)).toMatchObject({ recorded: null });
  });

  it('never touches a process that only has the pid of one it started', async () => {
    const state = new StateFolder(config.home);
    await state.make();
    const stranger = {
      service: 'coder' as const,
      name: 'coder-1',
      pid: process.pid,
      born: 'x',
      since: 0,
      log: null,
      models: null,
    };
    const none = { manager: 0, designer: 0, coder: 0, tuner: 0, 'gpu-runner': 0 };
    await state.writeProcesses({
      version: 1,
      natsUrl: 'nats://127.0.0.1:1',
      server: null,
      counts: none,
      services: [stranger],
    });
    expect((await lookAtFarm(config)).dead).toEqual([stranger]);
    expect(await takeDown(config, { kill: true })).toEqual({ stopped: [], killed: [] });
  });
});
