/** How an assignment ends before its agent ends it. */
import type { Assignment, Grant } from '@modelwright/contracts';
import { ModelFailure } from '@modelwright/llm';
import { type ScriptLine, samplePlan } from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import type { Agent, HandedOver } from './agent.ts';
import type { Ports } from './ports.ts';
import { sampleAssignment } from './testing/sample-assignment.ts';
import { Crash, SmallWorld } from './testing/small-world.ts';
import { work } from './work.ts';

const STAYING = new AbortController().signal;
const append = { calls: [{ name: 'append', args: { line: 'x' } }] };
const wait = { calls: [{ name: 'wait', args: { jobs: ['a-job'] } }] };
const plans: HandedOver = { content: 'one plan', result: { role: 'designer', plans: [samplePlan] } };

interface Changes {
  readonly grant?: Partial<Grant>;
  readonly agent?: Partial<Agent>;
  readonly ports?: Partial<Ports>;
}

const deliver = (world: SmallWorld, changes: Changes = {}) => {
  const { agent, ports } = world.process();
  const grant = { ...sampleAssignment.grant, ...changes.grant };
  const assignment: Assignment = { ...sampleAssignment, grant };
  return work({ assignment, agent: { ...agent, ...changes.agent } }, { ...ports, ...changes.ports }, STAYING);
};

const failureOf = (world: SmallWorld) => {
  const outcome = world.finals.at(-1)?.outcome;
  return outcome?.status === 'failed' ? outcome.failure : null;
};
const many = (line: ScriptLine) => Array.from({ length: 20 }, () => line);

describe('a limit', () => {
  it('on turns ends the work before one more is asked for', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { turns: 3 } });
    expect(failureOf(world)).toMatchObject({ kind: 'turns-spent' });
    expect(world.asked).toBe(3);
  });

  it('on money counts the ceiling of the next reply, not its likely price', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { microUsd: 17 } });
    expect(failureOf(world)).toMatchObject({ kind: 'budget-spent' });
    expect(world.paid).toBe(8);
  });

  it('on money counts the ceiling of a reply that never came', async () => {
    const world = new SmallWorld(many(append), [5]);
    await expect(deliver(world)).rejects.toThrow(Crash);
    await deliver(world, { grant: { microUsd: 17 } });
    expect(failureOf(world)).toMatchObject({ kind: 'budget-spent' });
    expect(world.finals.at(-1)?.spent).toMatchObject({ turns: 0, microUsd: 10 });
  });

  it('on time ends the work between two steps', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { deadline: world.clock + 12 } });
    expect(failureOf(world)).toMatchObject({ kind: 'deadline-passed' });
  });

  it('on time ends waiting: the wait is never longer than the deadline, and is not taken up after it', async () => {
    const world = new SmallWorld([wait]);
    const deadline = world.clock + 100;
    await deliver(world, { grant: { deadline } });
    expect(world.stops[0]?.condition.until).toBe(deadline);
    world.clock = deadline;
    await deliver(world, { grant: { deadline } });
    expect(failureOf(world)).toMatchObject({ kind: 'deadline-passed' });
  });

  it('on time cuts off a model that is still thinking', async () => {
    const world = new SmallWorld([]);
    const deadline = world.clock + 30;
    const model: Agent['model'] = {
      name: 'slow',
      contextTokens: null,
      estimate: () => ({ inputTokens: 1, outputTokens: 1 }),
      ceiling: () => 1,
      complete: (_request, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            world.clock = deadline;
            reject(signal.reason);
          });
        }),
    };
    await deliver(world, { grant: { deadline }, agent: { model } });
    expect(failureOf(world)).toMatchObject({ kind: 'deadline-passed' });
    expect(world.finals.at(-1)?.spent.microUsd).toBe(1);
  });

  it('lets the agent hand over what it has', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { turns: 2 }, agent: { handOver: () => Promise.resolve(plans) } });
    expect(world.finals.at(-1)?.outcome).toEqual({ status: 'done', result: plans.result });
  });

  it('is a failure when the agent has nothing to hand over', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { turns: 2 }, agent: { handOver: () => Promise.resolve(null) } });
    expect(failureOf(world)).toMatchObject({ kind: 'turns-spent' });
  });
});

describe('an agent that calls no tool', () => {
  it('is reminded once, and goes on', async () => {
    const world = new SmallWorld([{ text: 'Hm.' }, { calls: [{ name: 'submit', args: {} }] }]);
    await deliver(world);
    expect(world.finals.at(-1)?.outcome.status).toBe('done');
  });

  it('fails the second time, with the reason it gave', async () => {
    const world = new SmallWorld([{ text: 'The package is missing.' }, { text: '' }]);
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'no-progress', message: 'The package is missing.' });
  });

  it('may be silent again after it has called something', async () => {
    const world = new SmallWorld([
      { text: 'Hm.' },
      append,
      { text: 'Hm.' },
      { calls: [{ name: 'submit', args: {} }] },
    ]);
    await deliver(world);
    expect(world.finals.at(-1)?.outcome.status).toBe('done');
  });
});

describe('a run that is no longer wanted', () => {
  it.each(['cancelled', 'closed'] as const)('ends its assignments when it is %s', async (state) => {
    const world = new SmallWorld(many(append));
    await deliver(world, { ports: { control: () => Promise.resolve({ state, reason: 'enough' }) } });
    expect(failureOf(world)).toMatchObject({ kind: 'cancelled' });
    expect(world.asked).toBe(0);
  });
});

describe('poison', () => {
  it('is an assignment that was taken up three times and nothing came of it', async () => {
    const world = new SmallWorld(many(append), [5, 10, 15, 20, 25]);
    for (let n = 0; n < 3; n++) await expect(deliver(world)).rejects.toThrow(Crash);
    expect(await deliver(world)).toMatchObject({ kind: 'finished' });
    expect(failureOf(world)).toMatchObject({ kind: 'poison' });
  });

  it('is not an assignment that is delivered too early again and again', async () => {
    const world = new SmallWorld([wait, { calls: [{ name: 'submit', args: {} }] }]);
    for (let n = 1; n <= 6; n++) expect(await deliver(world)).toEqual({ kind: 'parked', stop: n });
    world.ended.add('a-job');
    await deliver(world);
    expect(world.finals.at(-1)?.outcome.status).toBe('done');
  });
});

describe('a model that gives no answer', () => {
  const failing = (retryable: boolean): Partial<Agent> => ({
    model: {
      name: 'failing',
      contextTokens: null,
      estimate: () => ({ inputTokens: 1, outputTokens: 1 }),
      ceiling: () => 0,
      complete: () =>
        Promise.reject(
          new ModelFailure({ kind: 'no-key', message: 'No key.', retryable, origin: 'test', causes: [] }),
        ),
    },
  });

  it('and never will ends the assignment with its reason', async () => {
    const world = new SmallWorld([]);
    await deliver(world, { agent: failing(false) });
    expect(failureOf(world)).toMatchObject({ kind: 'no-key', message: 'No key.' });
  });

  it('for now leaves the assignment to a later delivery', async () => {
    const world = new SmallWorld([]);
    expect(await deliver(world, { agent: failing(true) })).toMatchObject({
      kind: 'later',
      reason: 'No key.',
    });
    expect(world.finals).toEqual([]);
  });
});

describe('a process that is leaving', () => {
  it('stops after the step in hand, and another goes on', async () => {
    const world = new SmallWorld([append, { calls: [{ name: 'submit', args: {} }] }]);
    const leaving = new AbortController();
    const { agent, ports } = world.process();
    const model: Agent['model'] = {
      ...agent.model,
      complete: (request, signal) => {
        leaving.abort();
        return agent.model.complete(request, signal);
      },
    };
    const end = await work(
      { assignment: sampleAssignment, agent: { ...agent, model } },
      ports,
      leaving.signal,
    );
    expect(end).toEqual({ kind: 'left' });
    expect(world.transcript.records.at(-1)?.type).toBe('reply');
    await deliver(world);
    expect(world.asked).toBe(2);
    expect(world.finals.at(-1)?.outcome.status).toBe('done');
  });
});

describe('a change of files that is refused', () => {
  it('is told to the model, and the work goes on', async () => {
    const world = new SmallWorld([append, { calls: [{ name: 'submit', args: {} }] }]);
    const tree: Ports['tree'] = {
      restore: () => Promise.resolve(),
      save: () => Promise.resolve({ kind: 'refused', reason: 'too many files' }),
    };
    await deliver(world, { ports: { tree } });
    const result = world.transcript.records.find((record) => record.type === 'result');
    expect(result).toMatchObject({
      failed: true,
      content: 'append was undone: too many files',
      version: null,
    });
    expect(world.finals.at(-1)?.outcome.status).toBe('done');
  });
});
