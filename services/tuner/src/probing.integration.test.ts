/** Probes and curves: a tuner that looks before it trains in full, on a real server. */
import { TestFarm, toolsNamedIn } from '@modelwright/agent-host/testing';
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

const probe = (kind: 'smoke' | 'short', score: number) =>
  call('train_start', { config: { score }, probe: kind });

it('a tuner has these tools and no others', async () => {
  const model = bench.tune([{ text: 'Enough.' }, { text: 'Enough.' }]);
  await bench.actor.assign(await bench.assignment());
  const names = model.requests[0]?.tools.map(({ name }) => name) ?? [];
  expect(names.toSorted()).toEqual([
    'data_profile',
    'list_files',
    'note',
    'read_config',
    'read_file',
    'read_output',
    'search',
    'submit_training',
    'train_start',
    'train_stop',
    'train_wait',
  ]);
  expect(names).toEqual(expect.arrayContaining(toolsNamedIn(new URL('./prompts/tuner.md', import.meta.url))));
});

it('changes what it names; all other settings stay as the coder left them', async () => {
  const runner = bench.runner(bench.trains);
  const version = await farm.version({ 'config.json': '{"score": 0.1, "rounds": 40}', 'train.py': 'pass\n' });
  const work = await bench.assignment({ version });
  const job = `${work.id}_1_0`;
  const model = bench.tune([
    call('train_start', { config: { score: 0.7, roundz: 80 } }),
    call('train_wait', { jobs: [job] }),
    call('submit_training', { job, reason: 'it is the only one' }),
  ]);
  const { trained } = resultOf(await bench.actor.assign(work));
  const config = { score: 0.7, rounds: 40, roundz: 80 };
  expect(JSON.parse(runner.jobs[0]?.overlay['config.json'] ?? '')).toEqual(config);
  expect(trained.config).toEqual(config);
  const told = toldIn(model.requests.at(-1)).map(({ content }) => content);
  expect(JSON.parse(told[0] ?? '')).toMatchObject({ config, unknown: ['roundz'] });
});

describe('a probe', () => {
  it('is short, takes no training away, and is not handed over', async () => {
    const runner = bench.runner(bench.trains);
    const work = await bench.assignment({ trials: 1, secondsPerTrial: 100 });
    const [smoke, short, full] = [`${work.id}_1_0`, `${work.id}_2_0`, `${work.id}_5_0`];
    const model = bench.tune([
      probe('smoke', 0.9),
      probe('short', 0.8),
      call('train_wait', { jobs: [smoke, short] }),
      call('submit_training', { job: smoke, reason: 'it is the best' }),
      start(0.6),
      call('train_wait', { jobs: [full] }),
      call('submit_training', { job: full, reason: 'trained in full' }),
    ]);
    const { trained, trials } = resultOf(await bench.actor.assign(work));
    expect(trained.job).toBe(full);
    expect(trials.map(({ job }) => job)).toEqual([short, full]);
    expect(runner.jobs.map(({ purpose, priority, variables }) => [purpose, priority, variables])).toEqual([
      ['smoke', 'high', { MW_SEED: '7', MW_SMOKE: '1', MW_TIME_BUDGET_SECONDS: '60' }],
      ['train', 'normal', { MW_SEED: '7', MW_TIME_BUDGET_SECONDS: '20' }],
      ['train', 'normal', { MW_SEED: '7', MW_TIME_BUDGET_SECONDS: '100' }],
    ]);
    const told = toldIn(model.requests.at(-1)).map(({ content }) => content);
    expect(JSON.parse(told[1] ?? '')).toMatchObject({ job: short, seconds: 20, left: 1 });
    expect(JSON.parse(told[2] ?? '')).toMatchObject([{ probe: 'smoke' }, { probe: 'short' }]);
    expect(told[3]).toContain('a rehearsal on 100 rows');
  });

  it('is handed over when the time is up and nothing was trained in full', async () => {
    bench.runner(bench.trains);
    const work = await bench.assignment({ trials: 1 });
    bench.tune([
      probe('short', 0.8),
      call('train_wait', { jobs: [`${work.id}_1_0`] }),
      { text: 'That is all.' },
      { text: 'That is all.' },
    ]);
    expect(resultOf(await bench.actor.assign(work)).trained.oof.value).toBe(0.8);
  });

  it('is not started without end', async () => {
    bench.runner(bench.trains);
    const model = bench.tune([
      probe('smoke', 0.1),
      probe('smoke', 0.2),
      probe('smoke', 0.3),
      { text: 'Enough.' },
      { text: 'Enough.' },
    ]);
    await bench.actor.assign(await bench.assignment({ trials: 1 }));
    const told = toldIn(model.requests.at(-1));
    expect(told.map(({ failed }) => failed)).toEqual([false, false, true]);
  });
});

describe('a training that is started', () => {
  it('has the usual stop rule, or those that it is given', async () => {
    const runner = bench.runner(bench.trains);
    const work = await bench.assignment();
    const beyond = { kind: 'beyond', metric: 'valid_loss', side: 'above', value: 5 };
    bench.tune([
      start(0.6),
      call('train_start', { config: { score: 0.5 }, stop_when: [beyond] }),
      call('train_start', { config: { score: 0.4 }, stop_when: [] }),
      call('train_wait'),
      call('submit_training', { job: `${work.id}_1_0`, reason: 'the best' }),
    ]);
    await bench.actor.assign(work);
    const rules = new Map(runner.jobs.map(({ id, stopRules }) => [id, stopRules]));
    expect([1, 2, 3].map((turn) => rules.get(`${work.id}_${turn}_0`))).toEqual([
      [{ kind: 'not-finite', metric: '*loss*', times: 3 }],
      [{ ...beyond, times: 3, afterSeconds: 0 }],
      [],
    ]);
  });
});

describe('curves', () => {
  it('tell of a training that has ended and of one that still runs', async () => {
    const held = Promise.withResolvers<void>();
    bench.runner(async (job) => {
      const diverging = job.id.endsWith('_2_0');
      const loss = diverging ? [1, 20, 400] : [1, 0.5, 0.25];
      await bench.reports(
        job,
        loss.map((value, step) => ({ name: 'loss', step, value })),
      );
      if (diverging) await held.promise;
      return bench.trains(job);
    });
    const work = await bench.assignment();
    const [first, second] = [`${work.id}_1_0`, `${work.id}_2_0`];
    const model = bench.tune([
      start(0.6),
      start(0.5),
      call('train_wait', { jobs: [first] }),
      call('train_wait', { jobs: [second], minutes: 0.000_001 }),
      call('train_stop', { job: second, reason: 'the loss grows' }),
      call('submit_training', { job: first, reason: 'the other diverged' }),
    ]);
    resultOf(await bench.actor.assign(work));
    held.resolve();
    const told = toldIn(model.requests.at(-1)).map(({ content }) => JSON.parse(content));
    expect(told[2]).toMatchObject([
      {
        outcome: 'finished',
        curves: {
          loss: {
            points: [
              [0, 1],
              [1, 0.5],
              [2, 0.25],
            ],
          },
        },
      },
    ]);
    expect(told[3]).toMatchObject([
      {
        outcome: 'running',
        oof: null,
        curves: {
          loss: {
            points: [
              [0, 1],
              [1, 20],
              [2, 400],
            ],
          },
        },
      },
    ]);
    expect(told[4]).toEqual({ job: second, state: 'stopping' });
  });
});
