/** A manager model on a real server: it looks at a run through its tools, and decides. */
import { AgentBench, TestFarm } from '@modelwright/agent-host/testing';
import {
  type Assignment,
  type AssignmentFinished,
  jobOutcome,
  jobOutcomeSubject,
  metricsReported,
  type RunEvent,
  runLogSubject,
  runRecord,
  telemetrySubject,
  turnRecord,
  turnSubject,
} from '@modelwright/contracts';
import { ScriptedModel, type ScriptLine, samplePlan } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratch } from '../../adapters/scratch.ts';
import { submitted } from '../../core/testing/samples.ts';
import { managerAgent } from './manager-agent.ts';

const RUN = 'flowers-abc123-04';
const score = (value: number) => ({
  value,
  standardError: 0.01,
  interval: [value, value] as [number, number],
  rows: 120,
});
const call = (name: string, args: object = {}) => ({ calls: [{ name, args }] });

let farm: TestFarm;
let bench: AgentBench;

beforeAll(async () => {
  farm = await TestFarm.start();
  await recordRun();
});
afterAll(() => farm[Symbol.asyncDispose]());
beforeEach(() => {
  bench = new AgentBench(farm, RUN);
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a manager model', () => {
  it('sees plan, code, difference, attempts and diagnosis of every candidate, and decides', async () => {
    const { final, told } = await decided([
      call('read_plan', { candidate: 'c2' }),
      call('read_code', { candidate: 'c2' }),
      call('read_code', { candidate: 'c2', path: 'model.py', from: 2 }),
      call('read_diff', { candidate: 'c2' }),
      call('list_attempts', { candidate: 'c1' }),
      call('read_diagnosis', { candidate: 'c1' }),
      call('note', { text: 'ids leak' }),
      call('decide', {
        actions: [{ kind: 'tune', candidate: 'c1', guidance: 'more trees' }],
        reason: 'c1 leads by two errors',
      }),
    ]);
    expect(told[0]).toContain('"parent": "c1"');
    expect(told[1]).toBe('model.py  18 characters\nnew.py  6 characters\ntrain.py  5 characters');
    expect(told[2]).toBe('2\ttrees = 200\n(lines 2 to 2 of 2)');
    expect(told[3]).toContain('-trees = 100\n+trees = 200');
    expect(told[3]).toContain('=== new.py (new)');
    expect(told[4]).toContain('"what": "training, chosen"');
    expect(told[4]).toContain('"score": 0.9');
    expect(told[5]).toBe('{"slices":[]}');
    expect(final.outcome).toEqual({
      status: 'done',
      result: {
        role: 'manager',
        actions: [{ kind: 'tune', candidate: 'c1', guidance: 'more trees' }],
        reason: 'c1 leads by two errors',
      },
    });
    expect(final.notes).toEqual(['ids leak']);
  });

  it('reads what a job printed and reported', async () => {
    const job = `${RUN}_c1_tune_1_1_0`;
    await recordJob(job);
    const { told } = await decided([
      call('read_logs', { job }),
      call('read_curves', { job }),
      call('read_logs', { job: 'none' }),
      decision([]),
    ]);
    expect(told[0]).toContain('failed: exit code 1');
    expect(told[0]).toContain('KeyError: petal');
    expect(told[1]).toContain('"name":"loss","count":2');
    expect(told[2]).toContain('there is no such job');
  });

  it('is told what it cannot decide while it can still be put right', async () => {
    const { told, final } = await decided([
      decision([{ kind: 'propose', count: 3, guidance: 'many' }]),
      decision([{ kind: 'revise', candidate: 'c9', guidance: 'this' }]),
      decision([
        { kind: 'fix', candidate: 'c3', guidance: 'this' },
        { kind: 'combine', candidate: 'c1', partner: 'c1', guidance: 'both' },
      ]),
      call('read_diff', { candidate: 'c1' }),
      call('read_code', { candidate: 'c1', path: '../secret' }),
      decision([]),
    ]);
    expect(told).toEqual([
      expect.stringContaining('there is room for 2'),
      expect.stringContaining('there is no candidate c9; there are c1, c2'),
      expect.stringMatching(/fix: there is no c3 with code; combine: it takes two different/),
      expect.stringContaining('has no parent'),
      expect.stringContaining('has no ../secret'),
    ]);
    expect(final.outcome).toMatchObject({ status: 'done', result: { actions: [] } });
  });
});

const decision = (actions: readonly object[]) => call('decide', { actions, reason: 'as it stands' });

interface Decided {
  readonly final: AssignmentFinished;
  /** What the tools answered, in order. */
  readonly told: string[];
}

async function decided(script: readonly ScriptLine[]): Promise<Decided> {
  const scratch = createScratch(farm.folder.path);
  bench.serve(managerAgent({ streams: farm.bus.streams, scratch }), new ScriptedModel(script));
  const work = await assignment();
  const final = await bench.actor.assign(work);
  const turns = await farm.bus.streams.read('TURNS', turnSubject(RUN, work.id), turnRecord);
  const results = turns.flatMap(({ body }) => (body.type === 'result' ? [body.content] : []));
  return { final, told: results };
}

async function assignment(): Promise<Assignment> {
  return {
    id: `${RUN}_run_decide_${crypto.randomUUID()}`,
    run: RUN,
    candidate: 'run',
    seed: 7,
    grant: { turns: 20, microUsd: 0, tokens: null, deadline: Date.now() + 120_000 },
    player: { kind: 'models', models: ['scripted'] },
    work: {
      role: 'manager',
      action: 'decide',
      data: await farm.preparedData(),
      board: 'c1 leads',
      room: 2,
      insights: [],
    },
  };
}

/** A run in which c1 is scored and c2, which came of it, is implemented. */
async function recordRun(): Promise<void> {
  const first = await farm.version({
    'model.py': 'x = 1\ntrees = 100\n',
    'train.py': 'pass\n',
    'mw/kit.py': '',
  });
  const second = await farm.version({
    'model.py': 'x = 1\ntrees = 200\n',
    'train.py': 'pass\n',
    'new.py': 'pass\n\n',
    'mw/kit.py': '',
  });
  const output = await farm.tree({ 'oof.csv': '0.9' });
  const job = `${RUN}_c1_tune_1_1_0`;
  const plan = samplePlan;
  const planned = { type: 'candidate-planned' as const, plan, partner: null, guidance: null };
  const trained = { version: first, output, job, config: { trees: 100 }, oof: score(0.91), seconds: 3 };
  const trial = { job, config: { trees: 100 }, outcome: 'finished', oof: score(0.91), seconds: 3 };
  const run = { ...submitted(), run: RUN };
  await record([
    { type: 'run-started', submitted: run, at: 1, deadline: 600_001 },
    { type: 'data-prepared', data: await farm.preparedData(), task: null },
    { ...planned, candidate: 'c1', parent: null },
    { type: 'candidate-implemented', candidate: 'c1', plan, version: first },
    { type: 'candidate-trained', candidate: 'c1', plan, trained, trials: [trial] },
    { type: 'job-opened', job: `${RUN}_c1_score-rows_1`, purpose: 'infer', candidate: 'c1', at: 2 },
    { type: 'candidate-predicted', candidate: 'c1', predictions: output, test: null },
    {
      type: 'assignment-opened',
      assignment: `${RUN}_c1_score_1`,
      role: 'grader',
      action: 'score',
      candidate: 'c1',
      at: 3,
    },
    { type: 'candidate-scored', candidate: 'c1', score: score(0.9), diagnosis: '{"slices":[]}' },
    { ...planned, candidate: 'c2', parent: 'c1' },
    { type: 'candidate-implemented', candidate: 'c2', plan, version: second },
    { ...planned, candidate: 'c3', parent: null },
  ]);
}

async function record(events: RunEvent[]): Promise<void> {
  await farm.bus.streams.append({
    definition: runRecord,
    subject: runLogSubject(RUN),
    body: {
      previous: 0,
      cause: { messageId: 'm', type: 'tick' },
      at: 1,
      reason: 'so far',
      events,
      effects: [],
    },
    messageId: 'the record',
    run: RUN,
    expectedLast: 0,
  });
}

async function recordJob(job: string): Promise<void> {
  await farm.bus.streams.append({
    definition: jobOutcome,
    subject: jobOutcomeSubject(RUN, job),
    body: {
      ...{ job, run: RUN, attempt: 1, end: 'failed', reason: 'exit code 1', exitCode: 1, signal: null },
      ...{ runner: 'r', startedAt: 0, endedAt: 1000, wallSeconds: 1, cpuSeconds: 1, maxRssBytes: 2 ** 20 },
      isolation: { level: 'none', notes: [] },
      output: null,
      stdoutTail: 'begins',
      stderrTail: 'KeyError: petal',
      ...{ exhausted: null, stopRule: null, use: null, assets: [], environment: null },
    },
    messageId: `outcome:${job}`,
    run: RUN,
    expectedLast: 0,
  });
  const points = [0.9, 0.5].map((value, step) => ({ step, name: 'loss', value, time: step }));
  await farm.bus.streams.publish({
    definition: metricsReported,
    subject: telemetrySubject(RUN, job, 1, 'metric'),
    body: { job, attempt: 1, first: 0, points },
    messageId: `metrics:${job}`,
    run: RUN,
  });
}
