/** What only containers have: how they are made, found, swept, and what becomes of them when the engine is away. */
import { readFile, writeFile } from 'node:fs/promises';
import { TransientFailure } from '@modelwright/bus';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Execution } from '../../handlers/executor.ts';
import { executorChoices } from '../../testing/executor-choices.ts';
import { ExecutorBench } from '../../testing/executor-conformance/executor-bench.ts';
import { testPython } from '../../testing/runner-bench.ts';
import { EngineProxy } from './testing/engine-proxy.ts';

const choice = (await executorChoices()).find(({ name }) => name === 'docker');
const engine = choice?.variables?.['RUNNER_DOCKER_HOST']?.slice('unix://'.length) ?? null;
const here = engine === null ? `skipped: ${choice?.missing}` : 'on a real engine';

const COUNTS = 'import time\nfor n in range(40):\n    print(n)\n    time.sleep(0.05)';
const FORTY = Array.from({ length: 40 }, (_, n) => String(n));
/** When it is let, it says more than the pipes hold. */
const FLOODS = `
import os, time
print("ready")
while not os.path.exists(os.environ["MW_OUT"] + "/go"):
    time.sleep(0.02)
for n in range(20_000):
    print("line", n)
`;
const SLEEPS = 'import time\nprint("ready")\ntime.sleep(60)';

const requested = z.object({ container: z.object({ id: z.string() }) });

describe.skipIf(engine === null)(`a container (${here})`, () => {
  const docker = new Docker({ socketPath: engine ?? '' });
  let opened: ExecutorBench | null = null;
  let proxy: EngineProxy | null = null;
  const bench = () => opened ?? expect.unreachable();
  const between = () => proxy ?? expect.unreachable();

  beforeAll(async () => {
    proxy = await EngineProxy.start(engine ?? '');
    const variables = {
      ...choice?.variables,
      RUNNER_DOCKER_HOST: `unix://${proxy.path}`,
      MODELWRIGHT_PYTHON: testPython(),
      RUNNER_STRANGERS_GRACE_SECONDS: '0.001',
    };
    opened = await ExecutorBench.open({ name: 'docker', variables, outlivesSupervisor: true });
  });
  afterAll(async () => {
    await opened?.[Symbol.asyncDispose]();
    await proxy?.stop();
  });

  const begun = async (program: string, accelerators: Execution['accelerators'] = []) => {
    const execution = { ...(await bench().prepare(program)), accelerators };
    await bench().start(execution);
    return execution;
  };
  const containerOf = async ({ places }: Execution) => {
    const spec = requested.parse(JSON.parse(await readFile(`${places.record}/spec.json`, 'utf8')));
    return docker.getContainer(spec.container.id);
  };
  const finish = async (execution: Execution) => {
    await bench().executor.stop(execution.places.record, 'seen', 0);
    return await bench().end(execution);
  };

  test('is made as hard as was promised', async () => {
    const execution = await begun(SLEEPS);
    const { HostConfig, Config } = await (await containerOf(execution)).inspect();
    expect(HostConfig).toMatchObject({
      NetworkMode: 'none',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      Memory: execution.job.limits.memoryBytes,
      MemorySwap: execution.job.limits.memoryBytes,
      PidsLimit: execution.job.limits.pids + 2,
      NanoCpus: 1e9,
      LogConfig: { Type: 'none' },
    });
    expect(HostConfig.CapAdd ?? []).toEqual([]);
    expect(Config.User).toMatch(/^19000\d{5}:19000\d{5}$/);
    await finish(execution);
  });

  test('says whose it is', async () => {
    const execution = await begun(SLEEPS);
    const { Config } = await (await containerOf(execution)).inspect();
    expect(Config.Labels).toMatchObject({
      'modelwright.run': execution.job.run,
      'modelwright.job': execution.job.id,
      'modelwright.attempt': '1',
      'modelwright.runner': 'conformance',
      'modelwright.claim-revision': '7',
      'modelwright.accelerators': '',
      'modelwright.image': expect.stringContaining('sha256:'),
    });
    expect(Number(Config.Labels['modelwright.deadline'])).toBeGreaterThan(Date.now());
    await finish(execution);
  });

  test('is gone when its program has ended', async () => {
    const { execution } = await bench().run('pass');
    const container = await containerOf(execution);
    await expect
      .poll(() => container.inspect().catch((error: Error) => error.message))
      .toContain('No such container');
  });

  test('goes on while the engine is away, and its end is noticed afterwards', async () => {
    const execution = await begun(COUNTS);
    await bench().hears(execution, '3');
    await between().cut();
    await bench().hears(execution, '39');
    await between().mend();
    expect((await bench().end(execution)).end).toBe('finished');
    expect(await bench().said(execution)).toEqual(FORTY);
  });

  test('begins when the engine is back, and nothing is held against its job', async () => {
    const execution = await bench().prepare('pass');
    await between().cut();
    await expect(bench().start(execution)).rejects.toThrow(TransientFailure);
    await between().mend();
    await bench().start(execution);
    expect((await bench().end(execution)).end).toBe('finished');
  });

  test('is ended while the engine is away', async () => {
    const execution = await begun(SLEEPS);
    await bench().hears(execution, 'ready');
    await between().cut();
    const container = await containerOf(execution);
    await bench().executor.stop(execution.places.record, 'enough', 0);
    await expect.poll(async () => (await container.inspect()).State.Running, { timeout: 20_000 }).toBe(false);
    await between().mend();
    expect((await bench().end(execution)).end).toBe('cancelled');
  });

  test('goes on without supervisor and keeper, until somebody asks for it', async () => {
    const execution = await begun(FLOODS);
    // What a supervisor has read and not yet written goes with it: it has nothing in hand now.
    await bench().hears(execution, 'ready');
    const supervisor = await bench().supervisorOf(execution);
    process.kill(await parentOf(supervisor), 'SIGKILL');
    process.kill(supervisor, 'SIGKILL');
    await writeFile(`${execution.places.out}/go`, '');
    expect(await bench().executor.state(execution.places.record)).toBe('running');
    expect((await bench().end(execution)).end).toBe('finished');
    const lines = await bench().lines(execution);
    expect(lines.at(-1)?.text).toBe('line 19999');
    expect(new Set(lines.map(({ number }) => number)).size).toBe(lines.length);
  });

  test('that somebody else removes is lost, not failed', async () => {
    const execution = await begun(SLEEPS);
    await bench().hears(execution, 'ready');
    await (await containerOf(execution)).remove({ force: true });
    expect((await bench().end(execution)).end).toBe('lost');
  });

  test('has a user of its own', async () => {
    const both = await Promise.all([begun(SLEEPS), begun(SLEEPS)]);
    const users = await Promise.all(
      both.map(async (one) => (await (await containerOf(one)).inspect()).Config.User),
    );
    expect(new Set(users).size).toBe(2);
    await Promise.all(both.map(finish));
  });

  test('names the accelerators it holds, and another that wants them is not made', async () => {
    const held = { uuid: 'GPU-of-this-test', vendor: 'amd', deviceFiles: [], shared: false } as const;
    const accelerators = [{ ...held, lockFile: `${bench().home}/gpu.lock` }];
    const first = await begun(SLEEPS, accelerators);
    expect(await bench().executor.taken()).toContainEqual({
      uuid: held.uuid,
      job: first.job.id,
      runner: 'conformance',
    });
    const second = { ...(await bench().prepare(SLEEPS)), accelerators };
    expect(await bench().executor.start(second)).toMatchObject({ notNow: expect.any(String) });
    const label = `modelwright.record=${second.places.record}`;
    expect(await docker.listContainers({ all: true, filters: { label: [label] } })).toEqual([]);
    await finish(first);
  });

  test('that no job accounts for is removed; those of other runners are left to them', async () => {
    const stray = await strayContainer(docker, { runner: 'conformance' });
    const overdue = await strayContainer(docker, { runner: 'somebody-else', deadline: '1' });
    const foreign = await strayContainer(docker, { runner: 'somebody-else' });
    const known = await begun(SLEEPS);
    const supervised = { runner: 'somebody-else', deadline: '1', record: known.places.record };
    const watched = await strayContainer(docker, supervised);
    const removed = await bench().executor.sweep();
    expect(removed.join()).toContain(stray.slice(0, 12));
    expect(removed.join()).toContain(overdue.slice(0, 12));
    const left = (await docker.listContainers({ all: true })).map(({ Id }) => Id);
    expect(left).not.toContain(stray);
    expect(left).not.toContain(overdue);
    expect(left).toEqual(expect.arrayContaining([foreign, watched, (await containerOf(known)).id]));
    for (const id of [foreign, watched]) await docker.getContainer(id).remove();
    await finish(known);
  });

  async function strayContainer(from: Docker, change: Readonly<Record<string, string>>): Promise<string> {
    const label = { run: 'r', job: 'stray', attempt: '1', process: 'p', 'claim-revision': '1' };
    const rest = {
      accelerators: '',
      record: '/no/such/folder',
      image: '',
      deadline: String(Date.now() + 9e5),
    };
    const Labels = Object.entries({ ...label, ...rest, ...change }).map(([name, value]) => [
      `modelwright.${name}`,
      value,
    ]);
    const Image = choice?.variables?.['RUNNER_IMAGE'] ?? '';
    const made = await from.createContainer({ Image, Cmd: ['true'], Labels: Object.fromEntries(Labels) });
    return made.id;
  }
});

async function parentOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}
