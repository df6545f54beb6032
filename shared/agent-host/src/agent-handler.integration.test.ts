/** What becomes of deliveries, with a role of no files and a model that does as it is told. */
import { defineTool, replay } from '@modelwright/agent';
import {
  type Assignment,
  assignmentControl,
  assignmentControlKey,
  designerWork,
  turnRecord,
  turnSubject,
} from '@modelwright/contracts';
import { ModelFailure, type ModelFailureDetails } from '@modelwright/llm';
import { ScriptedModel, type ScriptLine, sampleBrief, samplePlan } from '@modelwright/llm/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ReadingRole } from './agent-role.ts';
import { promptIn } from './prompt.ts';
import { recalledAgent } from './recalled-agent.ts';
import { AgentBench, TestFarm } from './testing/index.ts';
import { note } from './tools/note.ts';

type Work = z.infer<typeof designerWork>;

const RUN = 'flowers-abc123-03';
const call = (name: string, args: object = {}) => ({ calls: [{ name, args }] });
const submit = call('submit_plans');

const role: ReadingRole<Work> = {
  role: 'designer',
  work: designerWork,
  prompt: promptIn(new URL('./testing/a-prompt.md', import.meta.url)),
  files: 'none',
  compose: () => Promise.resolve({ brief: sampleBrief, tools: [note(), submitPlans] }),
};

const submitPlans = defineTool({
  name: 'submit_plans',
  description: 'Hands over a plan.',
  ends: true,
  args: z.object({}),
  run: () =>
    Promise.resolve({ kind: 'final', content: 'a plan', result: { role: 'designer', plans: [samplePlan] } }),
});

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

async function assignment(): Promise<Assignment> {
  return {
    id: `${RUN}_run_portfolio_${crypto.randomUUID()}`,
    run: RUN,
    candidate: 'run',
    seed: 7,
    grant: { turns: 12, microUsd: 1000, tokens: null, deadline: Date.now() + 60_000 },
    player: { kind: 'playbook', clumsy: false },
    work: {
      role: 'designer',
      action: 'portfolio',
      data: await farm.preparedData(),
      count: 3,
      parent: null,
      partner: null,
      guidance: null,
      insights: [],
      board: [],
    },
  };
}

/** Lines that are thrown are thrown once. */
function answering(lines: readonly (ScriptLine | ModelFailure)[]): ScriptedModel {
  const failures = lines.filter((line) => line instanceof ModelFailure);
  const script = lines.flatMap((line) => (line instanceof ModelFailure ? [] : [line]));
  const model = new ScriptedModel(
    script.map((line) => (request) => {
      const failure = failures.shift();
      if (failure !== undefined) throw failure;
      return typeof line === 'function' ? line(request) : line;
    }),
    100,
  );
  bench.serve(role, model);
  return model;
}

const failing = (kind: string, details: ModelFailureDetails) =>
  new ModelFailure({ kind, message: kind, retryable: true, origin: 'test', causes: [] }, details);

const recordsOf = async ({ id }: Assignment) =>
  (await farm.bus.streams.read('TURNS', turnSubject(RUN, id), turnRecord)).map(({ body }) => body);

describe('an assignment', () => {
  it('whose model can be asked at a certain time comes back then, and not before', async () => {
    const retryAt = Date.now() + 1200;
    answering([failing('rate-limited', { retryAt }), submit]);
    const work = await assignment();
    const final = await bench.actor.assign(work);
    expect(final).toMatchObject({ outcome: { status: 'done' }, spent: { turns: 1, microUsd: 0 } });
    const takes = (await recordsOf(work)).filter(({ type }) => type === 'taken');
    expect(takes).toHaveLength(2);
    expect(takes[1]?.at).toBeGreaterThanOrEqual(retryAt);
  });

  it('that is cancelled by itself ends before its next step', async () => {
    const work = await assignment();
    const { id } = work;
    const control = farm.bus.records('control', assignmentControl);
    await control.put(assignmentControlKey(id), { assignment: id, desired: 'cancelled', reason: 'no use' });
    answering([submit]);
    const failure = { kind: 'cancelled', message: 'the assignment is cancelled: no use' };
    expect(await bench.actor.assign(work)).toMatchObject({
      spent: { turns: 0 },
      outcome: { status: 'failed', failure },
    });
  });

  it('whose answer was lost is charged for it and goes on at once', async () => {
    answering([
      failing('broken-reply', { charge: 'ceiling', model: 'm' }),
      call('note', { text: 'A fact.' }),
      submit,
    ]);
    const work = await assignment();
    const final = await bench.actor.assign(work);
    expect(final).toMatchObject({
      notes: ['A fact.'],
      spent: { microUsd: 100, byModel: { m: { calls: 1 } } },
    });
    expect((await recordsOf(work)).filter(({ type }) => type === 'taken')).toHaveLength(1);
  });

  it('comes out the same when its record is read back from the bus, as long as it would be told the same', async () => {
    const lost = failing('stalled', { charge: 'ceiling' });
    const away = failing('unavailable', { retryAt: Date.now() + 100 });
    answering([
      lost,
      away,
      call('note', { text: 'Ümlaute \ud83d\ude00 und ein halbes: \ud83d' }),
      { text: 'Hm.' },
      submit,
    ]);
    const work = await assignment();
    await bench.actor.assign(work);
    const host = { bus: farm.bus, logger: farm.logger, cpus: 1, folder: farm.folder.path };
    const agent = await recalledAgent(role, work, host);
    const records = await recordsOf(work);
    expect(await replay({ assignment: work, agent }, records)).toEqual({
      kind: 'same',
      turns: 3,
      finished: true,
    });
    const changed = { ...agent, system: `${agent.system}!` };
    expect(await replay({ assignment: work, agent: changed }, records)).toMatchObject({
      kind: 'diverged',
      divergence: { what: 'the system prompt' },
    });
  });
});
