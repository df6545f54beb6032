/** A tuner on a real server, with a scripted model and a runner that follows a script. */
import { TestFarm } from '@modelwright/agent-host/testing';
import { jobControl, jobControlKey } from '@modelwright/contracts';
import type { ScriptLine } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { call, resultOf, start, TunerBench, toldIn } from './testing/tuner-bench.ts';

let farm: TestFarm;
let bench: TunerBench;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach(() => {
  bench = new TunerBench(farm);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a tuner', () => {
  it('trains twice, looks at both, and hands over the better with its configuration', async () => {
    const runner = bench.runner(bench.trains);
    const work = await bench.assignment();
    const [first, second] = [`${work.id}_2_0`, `${work.id}_4_0`];
    const model = bench.tune([
      call('read_config'),
      start(0.5),
      call('train_wait', { jobs: [first] }),
      start(0.7),
      call('train_wait', { jobs: [second] }),
      call('submit_training', { job: second, reason: '0.7 against 0.5' }),
    ]);
    const { trained, trials, reason } = resultOf(await bench.actor.assign(work));
    expect(trained).toMatchObject({ job: second, config: { score: 0.7 }, oof: { value: 0.7 }, seconds: 1 });
    expect(trials.map(({ job, outcome, oof }) => [job, outcome, oof?.value])).toEqual([
      [first, 'finished', 0.5],
      [second, 'finished', 0.7],
    ]);
    expect(reason).toBe('0.7 against 0.5');
    expect(runner.jobs[1]).toMatchObject({
      purpose: 'train',
      priority: 'normal',
      command: ['python', 'train.py'],
      overlay: { 'config.json': '{\n  "score": 0.7\n}\n' },
      variables: { MW_TIME_BUDGET_SECONDS: '30', MW_SEED: '7' },
    });
    // A training may end before it is waited for; no wait stops more than once.
    expect(bench.actor.stops.length).toBeLessThanOrEqual(2);
    const told = toldIn(model.requests[3]).at(-1);
    expect(JSON.parse(told?.content ?? 'null')).toMatchObject([
      {
        job: first,
        outcome: 'finished',
        oof: { value: 0.5 },
        folds: [0.5, 0.5],
        diagnosis: { slices: [] },
        problem: null,
      },
    ]);
  });

  it('starts and waits in one reply, and is told of each training once', async () => {
    bench.runner(bench.trains);
    const work = await bench.assignment();
    const [first, second] = [`${work.id}_1_0`, `${work.id}_2_0`];
    const startAndWait = (score: number) => ({
      calls: [...start(score).calls, ...call('train_wait').calls],
    });
    const model = bench.tune([
      startAndWait(0.5),
      startAndWait(0.7),
      call('train_wait'),
      call('submit_training', { job: second, reason: '0.7 against 0.5' }),
    ]);
    resultOf(await bench.actor.assign(work));
    const told = toldIn(model.requests.at(-1));
    expect(JSON.parse(told[1]?.content ?? 'null')).toMatchObject([{ job: first, oof: { value: 0.5 } }]);
    expect(JSON.parse(told[3]?.content ?? 'null')).toMatchObject([{ job: second, oof: { value: 0.7 } }]);
    expect(JSON.parse(told[3]?.content ?? 'null')).toHaveLength(1);
    expect(told[4]).toMatchObject({ failed: true, content: expect.stringContaining('told the end of all') });
  });

  it('leaves a version that has the chosen configuration as its own', async () => {
    bench.runner(bench.trains);
    const work = await bench.assignment();
    const job = `${work.id}_1_0`;
    bench.tune([
      start(0.6),
      call('train_wait', { jobs: [job] }),
      call('submit_training', { job, reason: 'only one' }),
    ]);
    const { trained } = resultOf(await bench.actor.assign(work));
    expect(trained.version).not.toEqual(work.work.role === 'tuner' ? work.work.version : null);
    expect(await bench.configOf(trained.version)).toEqual({ score: 0.6 });
  });

  it('learns from a failed training what failed, and cannot hand it over', async () => {
    bench.runner(() => ({
      end: 'failed',
      exitCode: 1,
      reason: 'exit code 1',
      stderrTail: 'ValueError: NaN',
    }));
    const work = await bench.assignment();
    const job = `${work.id}_1_0`;
    const model = bench.tune([
      start(0.6),
      call('train_wait', { jobs: [job] }),
      call('submit_training', { job, reason: 'hope' }),
      { text: 'ValueError: NaN' },
      { text: 'ValueError: NaN' },
    ]);
    const { outcome } = await bench.actor.assign(work);
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: { kind: 'no-progress', message: 'ValueError: NaN' },
    });
    expect(toldIn(model.requests[2]).at(-1)).toMatchObject({
      content: expect.stringContaining('ValueError: NaN'),
    });
    expect(toldIn(model.requests[3]).at(-1)).toMatchObject({ failed: true });
  });

  it('starts no more trainings than it was granted, and waits for none that is not its own', async () => {
    bench.runner(bench.trains);
    const work = await bench.assignment({ trials: 1 });
    const model = bench.tune([
      start(0.6),
      start(0.7),
      call('train_wait', { jobs: ['somebody-elses'] }),
      call('submit_training', { job: 'somebody-elses', reason: 'theft' }),
      call('train_wait', { jobs: [`${work.id}_1_0`] }),
      call('submit_training', { job: `${work.id}_1_0`, reason: 'only one' }),
    ]);
    resultOf(await bench.actor.assign(work));
    expect(toldIn(model.requests.at(-1)).filter(({ failed }) => failed)).toHaveLength(3);
  });

  it('stops what still runs when it has made its choice', async () => {
    const held = Promise.withResolvers<void>();
    bench.runner(async (job) => {
      if (job.id.endsWith('_2_0')) await held.promise;
      return bench.trains(job);
    });
    const work = await bench.assignment();
    const [first, second] = [`${work.id}_1_0`, `${work.id}_2_0`];
    bench.tune([
      start(0.6),
      start(0.5),
      call('train_wait', { jobs: [first] }),
      call('submit_training', { job: first, reason: 'good enough' }),
    ]);
    const { trials } = resultOf(await bench.actor.assign(work));
    expect(trials.map(({ outcome }) => outcome)).toEqual(['finished', 'running']);
    expect((await farm.bus.records('control', jobControl).get(jobControlKey(second)))?.value.desired).toBe(
      'cancelled',
    );
    held.resolve();
  });

  it('hands over the best it has when its time is up while it waits', async () => {
    const held = Promise.withResolvers<void>();
    bench.runner(async (job) => {
      if (job.id.endsWith('_3_0')) await held.promise;
      return bench.trains(job);
    });
    const work = await bench.assignment();
    const [first, second] = [`${work.id}_1_0`, `${work.id}_3_0`];
    bench.tune([
      start(0.6),
      call('train_wait', { jobs: [first] }),
      start(0.9),
      call('train_wait', { jobs: [second] }),
    ]);
    const finished = bench.actor.assign(work);
    await bench.actor.stopped(2);
    bench.ahead = 10 * 60_000;
    await bench.actor.sendAgain(work.id);
    const { trained, reason } = resultOf(await finished);
    expect(trained.job).toBe(first);
    expect(reason).toContain('time');
    held.resolve();
  });

  it('holds twenty trainings in flight in one process, without a slot for any', async () => {
    const all = Promise.withResolvers<void>();
    const runner = bench.runner(async (job) => {
      if (runner.jobs.length === 20) all.resolve();
      await all.promise;
      return bench.trains(job);
    });
    const lines = (id: string): ScriptLine[] => [
      start(0.6),
      call('train_wait', { jobs: [`${id}_1_0`] }),
      call('submit_training', { job: `${id}_1_0`, reason: 'only one' }),
    ];
    const assignments = await Promise.all(Array.from({ length: 20 }, () => bench.assignment()));
    // One model for all: it finds out whom it speaks for by what was started.
    bench.tune([
      start(0.6),
      (request) => lines(startedBy(request.messages))[1] as never,
      (request) => lines(startedBy(request.messages))[2] as never,
    ]);
    const finals = await Promise.all(assignments.map((work) => bench.actor.assign(work)));
    expect(finals.map((final) => resultOf(final).trained.oof.value)).toEqual(Array(20).fill(0.6));
    expect(bench.actor.stops.length).toBeGreaterThanOrEqual(20);
  });
});

const startedBy = (messages: readonly { role: string }[]): string => {
  const told = messages.find((message) => message.role === 'tool');
  const { job } = JSON.parse(told !== undefined && 'content' in told ? String(told.content) : '{}');
  return String(job).slice(0, -'_1_0'.length);
};
