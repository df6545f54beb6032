/** How an assignment ends before its agent ends it. */
import { samplePlan } from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import type { Agent, HandedOver } from './agent.ts';
import type { Ports } from './ports.ts';
import { calling, deliver, failureOf, intentsOf, many, outcomeOf, play, resultsOf } from './testing/play.ts';
import { Crash, SmallWorld } from './testing/small-world.ts';

const append = calling('append', { line: 'x' });
const wait = calling('wait', { jobs: ['a-job'] });
const submit = calling('submit');
const plans: HandedOver = { content: 'one plan', result: { role: 'designer', plans: [samplePlan] } };
const handOver = () => Promise.resolve(plans);
/** An agent whose tools never end its work has no last turn. */
const endless = (world: SmallWorld): Partial<Agent> => ({
  tools: world.process().agent.tools.filter(({ ends }) => !ends),
});

describe('a limit', () => {
  it('on turns ends the work before one more is asked for', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { turns: 3 } });
    expect(failureOf(world)).toMatchObject({ kind: 'turns-spent' });
    expect(world.asked).toBe(3);
  });

  it('on money counts the ceiling of the next reply, not its likely price', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { microUsd: 17 }, agent: endless(world) });
    expect(failureOf(world)).toMatchObject({ kind: 'budget-spent' });
    expect(world.paid).toBe(8);
  });

  it('on money counts the ceiling of a reply that never came', async () => {
    const world = new SmallWorld(many(append), { crashes: [5] });
    await expect(deliver(world)).rejects.toThrow(Crash);
    await deliver(world, { grant: { microUsd: 17 } });
    expect(failureOf(world)).toMatchObject({ kind: 'budget-spent' });
    const { spent } = world.finals[0] ?? {};
    expect(spent).toMatchObject({
      turns: 0,
      microUsd: 10,
      byModel: { scripted: { calls: 1, microUsd: 10 } },
    });
  });

  it('on tokens counts what the next reply may have', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { tokens: 50 }, agent: endless(world) });
    expect(failureOf(world)).toMatchObject({ kind: 'tokens-spent' });
    expect(world.asked).toBe(3);
  });

  it('on time ends the work between two steps', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { deadline: world.clock + 12 } });
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
    expect(world.finals.at(-1)?.spent).toMatchObject({ microUsd: 1, byModel: { slow: { calls: 1 } } });
  });

  it('lets the agent hand over what it has', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { turns: 2 }, agent: { handOver } });
    expect(outcomeOf(world)).toEqual({ status: 'done', result: plans.result });
  });

  it('is a failure when the agent has nothing to hand over', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { turns: 2 }, agent: { handOver: () => Promise.resolve(null) } });
    expect(failureOf(world)).toMatchObject({ kind: 'turns-spent' });
  });
});

describe('the last turn', () => {
  it('comes when there is no other, offers only what hands over, and says so', async () => {
    const world = new SmallWorld([append, append, submit]);
    await deliver(world, { grant: { turns: 3 } });
    expect(outcomeOf(world)?.status).toBe('done');
    const intents = intentsOf(world);
    expect(intents.map(({ wrapUp = false }) => wrapUp)).toEqual([false, false, true]);
    expect(intents.at(-1)?.status).toMatch(/last turn.*Only submit can be called/s);
  });

  it('is kept in the money: one reply is not begun unless another can be paid for', async () => {
    const world = new SmallWorld([append, submit]);
    await deliver(world, { grant: { microUsd: 20 } });
    expect(intentsOf(world).map(({ wrapUp = false }) => wrapUp)).toEqual([false, true]);
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('is not spent on a grant that is too small to begin with', async () => {
    const world = new SmallWorld([submit]);
    await deliver(world, { grant: { microUsd: 15 } });
    expect(failureOf(world)).toMatchObject({ kind: 'budget-spent' });
    expect(world.asked).toBe(0);
  });

  it('may be the only one, where one turn is all that was meant', async () => {
    const world = new SmallWorld([submit]);
    await deliver(world, { grant: { turns: 1 } });
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('is kept in the time', async () => {
    const world = new SmallWorld([append, submit]);
    const deadline = world.clock + 4000;
    // The second request would be made within the last twentieth of the time.
    const control: Ports['control'] = () => {
      if (world.asked === 1 && resultsOf(world).length === 1) world.clock = deadline - 100;
      return Promise.resolve({ state: 'open', reason: '' });
    };
    await deliver(world, { grant: { deadline }, ports: { control } });
    expect(intentsOf(world).map(({ wrapUp = false }) => wrapUp)).toEqual([false, true]);
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('comes after too many calls that achieved nothing', async () => {
    const fails = Array.from({ length: 12 }, (_, n) => calling('fail', { why: `reason ${n}` }));
    const world = new SmallWorld([...fails, submit]);
    await deliver(world);
    expect(outcomeOf(world)?.status).toBe('done');
    expect(intentsOf(world).at(-1)?.wrapUp).toBe(true);
  });

  it('runs nothing else, whatever is called', async () => {
    const world = new SmallWorld([append, append]);
    await deliver(world, { grant: { turns: 2 }, agent: { handOver } });
    expect(resultsOf(world).at(-1)).toMatchObject({
      failed: true,
      content: expect.stringContaining('The tools are: submit.'),
    });
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('is one: there is no other after it', async () => {
    const world = new SmallWorld(many(append));
    await deliver(world, { grant: { microUsd: 100 } });
    expect(intentsOf(world).filter(({ wrapUp }) => wrapUp)).toHaveLength(1);
    expect(world.paid).toBeLessThanOrEqual(100);
  });
});

describe('waiting', () => {
  it('is never so long that there is no last turn after it', async () => {
    const world = new SmallWorld([wait, submit]);
    const deadline = world.clock + 100_000;
    await deliver(world, { grant: { deadline } });
    const until = world.stops[0]?.condition.until ?? 0;
    expect(until).toBeLessThan(deadline);
    world.clock = until;
    await deliver(world, { grant: { deadline } });
    expect(resultsOf(world)[0]).toMatchObject({ failed: true, content: expect.stringContaining('no time') });
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('is as long as the deadline where nothing can be handed over', async () => {
    const world = new SmallWorld([wait]);
    const deadline = world.clock + 100_000;
    const agent = endless(world);
    await deliver(world, { grant: { deadline }, agent });
    expect(world.stops[0]?.condition.until).toBe(deadline);
    world.clock = deadline;
    await deliver(world, { grant: { deadline }, agent });
    expect(failureOf(world)).toMatchObject({ kind: 'deadline-passed' });
  });
});

describe('what an agent is told of its limits', () => {
  it('is in every request, and warns when little is left', async () => {
    const world = new SmallWorld([...Array.from({ length: 9 }, () => append), submit]);
    await deliver(world, { grant: { turns: 10, microUsd: 200 } });
    const told = intentsOf(world).map(({ status }) => status);
    expect(told[0]).toMatch(/turn 1 of 10.*0\.00 of 0\.000200 USD/);
    expect(told[0]).not.toContain('Little is left');
    expect(told[8]).toContain('Little is left');
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
    const world = new SmallWorld(many(append), { crashes: [5, 12, 19, 26, 33] });
    for (let n = 0; n < 3; n++) await expect(deliver(world)).rejects.toThrow(Crash);
    expect(await deliver(world)).toMatchObject({ kind: 'finished' });
    expect(failureOf(world)).toMatchObject({ kind: 'poison' });
  });

  it('is not an assignment that is delivered too early again and again', async () => {
    const world = new SmallWorld([wait, submit]);
    for (let n = 1; n <= 6; n++) expect(await deliver(world)).toEqual({ kind: 'parked', stop: n });
    world.ended.add('a-job');
    await deliver(world);
    expect(outcomeOf(world)?.status).toBe('done');
  });
});

describe('a process that is leaving', () => {
  it('stops after the step in hand, and another goes on', async () => {
    const world = new SmallWorld([append, submit]);
    const leaving = new AbortController();
    const { model } = world.process().agent;
    const lastStep: Agent['model'] = {
      ...model,
      complete: (request, signal) => {
        leaving.abort();
        return model.complete(request, signal);
      },
    };
    const end = await deliver(world, { agent: { model: lastStep }, leaving: leaving.signal });
    expect(end).toEqual({ kind: 'left' });
    expect(world.transcript.records.at(-1)?.type).toBe('reply');
    await play(world);
    expect(world.asked).toBe(2);
    expect(outcomeOf(world)?.status).toBe('done');
  });
});

describe('a change of files that is refused', () => {
  it('is told to the model, and the work goes on', async () => {
    const world = new SmallWorld([append, submit]);
    const tree: Ports['tree'] = {
      restore: () => Promise.resolve(),
      save: () => Promise.resolve({ kind: 'refused', reason: 'too many files' }),
    };
    await deliver(world, { ports: { tree } });
    expect(resultsOf(world)[0]).toMatchObject({
      failed: true,
      content: 'append was undone: too many files',
      version: null,
    });
    expect(outcomeOf(world)?.status).toBe('done');
  });
});
