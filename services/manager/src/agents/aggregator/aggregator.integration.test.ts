/** An aggregator on a real server, with a scripted model and a runner that follows a script. */

import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OofScores } from '@modelwright/agent-host';
import { AgentBench, TestFarm } from '@modelwright/agent-host/testing';
import type { Assignment, AssignmentFinished, Score } from '@modelwright/contracts';
import { ScriptedModel, type ScriptLine, samplePlan } from '@modelwright/llm/testing';
import { checkoutBundle } from '@modelwright/workspace';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Harness } from '../../adapters/harness.ts';
import { createScratch } from '../../adapters/scratch.ts';
import { aggregator } from './aggregator.ts';

const RUN = 'flowers-abc123-04';
const score = (value: number): Score => ({ value, standardError: 0.01, interval: [value, value], rows: 120 });
const call = (name: string, args: object = {}) => ({ calls: [{ name, args }] });

let farm: TestFarm;
let bench: AgentBench;

beforeAll(async () => {
  farm = await TestFarm.start();
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach(() => {
  bench = new AgentBench(farm, RUN);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('an aggregator', () => {
  it('puts its members into one candidate, has it assembled, and hands it over', async () => {
    const runner = bench.runner(async () => ({
      output: await farm.tree({ 'model/m': 'w', 'oof.csv': '0.93' }),
    }));
    const work = await assignment();
    const model = serve([
      call('blend_predictions', { members: ['c1', 'c2'] }),
      call('assemble_blend', { weights: { c1: 0.75, c2: 0.25 } }),
      call('submit_blend', { job: `${work.id}_2_0`, reason: '0.93 against 0.9' }),
    ]);
    const { blend, reason } = resultOf(await bench.actor.assign(work));
    const told = model.requests[1]?.messages.find((one) => one.role === 'tool');
    expect(JSON.parse(told?.content ?? 'null')).toMatchObject({
      estimate: { value: 0.93 },
      bestSingle: { name: 'c1', oof: 0.88 },
      chosenPerFold: { value: 0.9 },
      gain: { improvement: 0.03, gate: 0.01, better: true },
    });
    expect(blend).toMatchObject({
      weights: { c1: 0.75, c2: 0.25 },
      trained: { oof: { value: 0.93 }, config: {} },
    });
    // Training the members again takes what it took before: 3 s and 3 s, besides the second of assembling.
    expect(blend?.trained.seconds).toBe(7);
    expect(reason).toBe('0.93 against 0.9');
    expect(runner.jobs[0]).toMatchObject({
      purpose: 'assemble',
      priority: 'high',
      command: ['python', 'assemble.py'],
      inputs: { c1: { path: null }, c2: { path: null } },
    });
  });

  it('leaves a version that holds its members, each with the configuration it was trained with', async () => {
    bench.runner(async () => ({ output: await farm.tree({ 'oof.csv': '0.93' }) }));
    const work = await assignment();
    serve([
      call('assemble_blend', { weights: { c1: 0.5, c2: 0.5 } }),
      call('submit_blend', { job: `${work.id}_1_0`, reason: 'better' }),
    ]);
    const version = resultOf(await bench.actor.assign(work)).blend?.trained.version;
    if (version === undefined) throw new Error('there is no blend');
    const folder = await mkdtemp(join(farm.folder.path, 'blend-'));
    await farm.bus.store.getFile(version.bundle, join(folder, 'bundle'));
    await checkoutBundle(join(folder, 'bundle'), version.commit, join(folder, 'files'));
    const read = async (path: string) => JSON.parse(await readFile(join(folder, 'files', path), 'utf8'));
    expect(await read('blend.json')).toEqual({ weights: { c1: 0.5, c2: 0.5 }, space: 'logit' });
    expect(await read('members/c1/config.json')).toEqual({ of: 'c1' });
    expect(await readFile(join(folder, 'files', 'members/c2/train.py'), 'utf8')).toBe('pass\n');
  });

  it('runs in one environment that has what its members have', async () => {
    const runner = bench.runner(async () => ({ output: await farm.tree({ 'oof.csv': '0.93' }) }));
    const work = await assignment();
    const environment = { kind: 'requirements', text: 'lightgbm==4.6.0\nnumpy==2.0\n' } as const;
    if (work.work.role === 'aggregator') {
      const [, second] = work.work.members;
      if (second !== undefined) second.trained.version.environment = environment;
    }
    serve([
      call('assemble_blend', { weights: { c1: 0.5, c2: 0.5 } }),
      call('submit_blend', { job: `${work.id}_1_0`, reason: 'better' }),
    ]);
    const version = resultOf(await bench.actor.assign(work)).blend?.trained.version;
    expect(version?.environment).toEqual(environment);
    expect(runner.jobs[0]?.environment).toEqual(environment);
  });

  it('says what is wrong with members that are not there, and can leave it at the best single one', async () => {
    const work = await assignment();
    const model = serve([
      call('blend_predictions', { members: ['c1', 'c9'] }),
      call('assemble_blend', { weights: { c1: 1 } }),
      call('submit_blend', { job: 'nothing', reason: 'hope' }),
      call('submit_single', { candidate: 'c1', reason: '0.9 against 0.88' }),
    ]);
    const result = resultOf(await bench.actor.assign(work));
    expect(result).toMatchObject({ blend: null, reason: '0.9 against 0.88' });
    const told = model.requests[3]?.messages.flatMap((one) => (one.role === 'tool' ? [one.content] : []));
    expect(told).toMatchObject([
      expect.stringContaining('no scored candidate c9'),
      expect.stringContaining('at least two'),
      expect.stringContaining('no finished blend'),
    ]);
  });
});

function serve(script: readonly ScriptLine[]): ScriptedModel {
  const model = new ScriptedModel(script);
  const scratch = createScratch(join(farm.folder.path, 'home'));
  bench.serve(aggregator({ harness: HARNESS, scores: scoresInFiles(), scratch }), model);
  return model;
}

async function assignment(): Promise<Assignment> {
  const member = async (candidate: string) => ({
    candidate,
    plan: samplePlan,
    score: score(0.9),
    trained: {
      version: await farm.version({ 'config.json': '{}', 'train.py': 'pass\n' }),
      output: await farm.tree({ 'model/m': candidate, 'oof.csv': '0.9' }),
      job: `${RUN}_${candidate}_tune_1_1_0`,
      config: { of: candidate },
      oof: score(0.88),
      seconds: 3,
    },
  });
  return {
    id: `${RUN}_blend_blend_${crypto.randomUUID()}`,
    run: RUN,
    candidate: 'blend',
    seed: 7,
    grant: { turns: 20, microUsd: 0, tokens: null, deadline: Date.now() + 120_000 },
    player: { kind: 'playbook', clumsy: false },
    work: {
      role: 'aggregator',
      action: 'blend',
      data: await farm.preparedData(),
      members: [await member('c1'), await member('c2')],
      insights: [],
    },
  };
}

/** Stands for the harness, which an aggregator asks for one thing only. */
const HARNESS: Pick<Harness, 'blend'> = {
  blend: () => {
    const estimate = {
      score: 0.93,
      standardError: 0.01,
      interval: [0.9, 0.95] as const,
      rounded: 0.93,
      n: 120,
    };
    return Promise.resolve({
      weights: { c1: 0.75, c2: 0.25 },
      space: 'logit',
      estimate: { ...estimate, interval: [0.9, 0.95] },
      bestSingle: { name: 'c1', estimate: { ...estimate, score: 0.9, interval: [0.87, 0.93] } },
      gain: {
        difference: 0.03,
        standardError: 0.01,
        interval: [0.01, 0.05],
        improvement: 0.03,
        gate: 0.01,
        better: true,
      },
      correlation: {
        names: ['c1', 'c2'],
        matrix: [
          [1, 0.4],
          [0.4, 1],
        ],
      },
      coverage: 1,
    });
  },
};

/** Stands for the harness: the score is what stands in `oof.csv`. */
function scoresInFiles(): OofScores {
  return {
    of: async (_data, output) => {
      const bytes = await farm.bus.store.getTreeFile(output, 'oof.csv');
      const value = Number(new TextDecoder().decode(bytes ?? undefined));
      return { score: score(value), folds: [value], diagnosis: { slices: [] }, problem: null };
    },
  };
}

function resultOf({ outcome }: AssignmentFinished) {
  if (outcome.status !== 'done' || outcome.result.role !== 'aggregator')
    throw new Error(JSON.stringify(outcome));
  return outcome.result;
}
