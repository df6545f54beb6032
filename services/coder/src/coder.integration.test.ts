/** A coder on a real server, with a scripted model and a runner that follows a script. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { TestFarm } from '@modelwright/agent-host/testing';
import { runControl, runControlKey } from '@modelwright/contracts';
import { samplePlan } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CoderBench, call, failureOf, resultOf, submit, toldIn, write } from './testing/coder-bench.ts';

let farm: TestFarm;
let bench: CoderBench;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach(() => {
  bench = new CoderBench(farm);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a coder', () => {
  it('writes, checks, repairs, checks again and hands over what passed', async () => {
    const jobs = bench.runner(async ({ code }) => {
      const version = code.kind === 'version' ? { commit: code.commit, bundle: code.bundle } : null;
      const model = version === null ? '' : await (await bench.checkout(version))('model.py');
      return bench.checked(model.includes('bug') ? "NameError: name 'bug' is not defined" : null);
    });
    const model = bench.code([
      call('list_files'),
      call('read_file', { path: 'model.py' }),
      write('model.py', 'x = bug\n'),
      call('check_candidate'),
      call('edit_file', { path: 'model.py', find: 'bug', replace: '1' }),
      call('check_candidate'),
      submit,
    ]);
    const work = await bench.assignment();
    const { plan, version, smokeSeconds } = resultOf(await bench.actor.assign(work));
    expect(plan).toEqual({
      ...samplePlan,
      resources: 'one core, seconds. Measured: its check on 100 rows took 0.8 s.',
    });
    expect(smokeSeconds).toBe(0.8);
    const read = await bench.checkout(version);
    expect(await read('model.py')).toBe('x = 1\n');
    expect(await read('mw/__init__.py')).not.toBe('');
    expect(jobs.jobs.map(({ id }) => id)).toEqual([`${work.id}_4_0`, `${work.id}_6_0`]);
    expect(jobs.jobs[0]).toMatchObject({
      purpose: 'smoke',
      priority: 'high',
      command: ['python', '-m', 'mw.check'],
      variables: { MW_SMOKE: '1' },
    });
    const told = toldIn(model.requests[4]).at(-1);
    expect(told).toMatchObject({ content: expect.stringContaining('NameError') });
    expect(bench.actor.stops.map(({ stop }) => stop)).toEqual([1, 2]);
  });

  it('leaves a history of what it did, one commit a change', async () => {
    bench.runner(() => bench.checked(null));
    bench.code([
      write('model.py', 'x = 1\n'),
      write('notes/why.md', 'Because.\n'),
      call('check_candidate'),
      submit,
    ]);
    const { version } = resultOf(await bench.actor.assign(await bench.assignment()));
    const bundle = join(farm.folder.path, `${version.commit}.bundle`);
    await farm.bus.store.getFile(version.bundle, bundle);
    execFileSync('git', ['clone', '--quiet', bundle, `${bundle}.d`]);
    const log = execFileSync('git', ['-C', `${bundle}.d`, 'log', '--format=%s', '--reverse'], {
      encoding: 'utf8',
    });
    const step = (turn: number) => `c1_implement_\\S+, turn ${turn}: write_file\n`;
    expect(log).toMatch(new RegExp(`^Start from the template\n${step(1)}${step(2)}$`));
  });

  it('cannot submit what has not passed its check as it stands', async () => {
    bench.runner(() => bench.checked(null));
    const model = bench.code([
      submit,
      call('check_candidate'),
      write('model.py', 'x = 2\n'),
      submit,
      call('check_candidate'),
      submit,
    ]);
    const { version } = resultOf(await bench.actor.assign(await bench.assignment()));
    const refusals = toldIn(model.requests.at(-1)).filter(({ failed }) => failed);
    expect(refusals).toHaveLength(2);
    expect(await (await bench.checkout(version))('model.py')).toBe('x = 2\n');
  });

  it.each([
    ['the kit', { path: 'mw/check.py', content: 'pass' }, 'belongs to the kit'],
    ['a folder outside', { path: '../../etc/x', content: '' }, 'not allowed'],
    ['a git directory', { path: '.git/hooks/post-checkout', content: 'evil' }, 'not allowed'],
  ])('cannot write into %s', async (_where, args, said) => {
    const model = bench.code([call('write_file', args), { text: 'I stop.' }, { text: 'I stop.' }]);
    await bench.actor.assign(await bench.assignment());
    const answer = toldIn(model.requests[1]).at(-1);
    expect(answer).toMatchObject({ failed: true, content: expect.stringContaining(said) });
  });

  it('is told when its arguments are malformed or its tool does not exist', async () => {
    const model = bench.code([
      {
        calls: [
          { name: 'write_file', args: '{"path": "x' },
          { name: 'shell', args: {} },
        ],
      },
      { text: 'Enough.' },
      { text: '' },
    ]);
    const failure = failureOf(await bench.actor.assign(await bench.assignment()));
    expect(failure).toMatchObject({ kind: 'no-progress', message: 'Enough.' });
    const answers = toldIn(model.requests[1]).slice(-2);
    expect(answers).toMatchObject([
      { failed: true, content: expect.stringContaining('not valid JSON') },
      { failed: true, content: expect.stringContaining('no tool "shell"') },
    ]);
  });

  it('hands over what passed when its turns are used up', async () => {
    bench.runner(() => bench.checked(null));
    bench.code([
      write('model.py', 'x = 1\n'),
      call('check_candidate'),
      write('model.py', 'x = unchecked\n'),
      submit,
    ]);
    const work = await bench.assignment();
    const { version } = resultOf(await bench.actor.assign({ ...work, grant: { ...work.grant, turns: 3 } }));
    expect(await (await bench.checkout(version))('model.py')).toBe('x = 1\n');
  });

  it('starts from the version that is to be fixed, and without a plan says what it built', async () => {
    bench.runner(() => bench.checked(null));
    const base = await farm.version({ 'model.py': 'broken\n', 'config.json': '{"C": 3}\n' });
    const model = bench.code([
      call('read_file', { path: 'model.py' }),
      call('edit_file', { path: 'model.py', find: 'broken', replace: 'fixed' }),
      call('check_candidate'),
      submit,
    ]);
    const work = await bench.assignment({ action: 'fix', base, plan: null, feedback: 'ValueError' });
    const { version, plan } = resultOf(await bench.actor.assign(work));
    expect(await (await bench.checkout(version))('model.py')).toBe('fixed\n');
    expect(plan).toMatchObject({ name: 'floor', summary: 'A linear model.', config: { C: 3 } });
    expect(model.requests[0]?.messages[0]).toMatchObject({ text: expect.stringContaining('ValueError') });
  });

  it('ends when its run is cancelled', async () => {
    await farm.bus
      .records('control', runControl)
      .put(runControlKey(bench.run), { run: bench.run, state: 'cancelled', reason: 'enough' });
    const model = bench.code([submit]);
    expect(failureOf(await bench.actor.assign(await bench.assignment()))).toMatchObject({
      kind: 'cancelled',
    });
    expect(model.requests).toEqual([]);
    await farm.bus.records('control', runControl).delete(runControlKey(bench.run));
  });
});
