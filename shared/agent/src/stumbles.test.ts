/** Replies that are not as they should be, answers that never come, and calls that go round in circles. */
import { ModelFailure, type ModelFailureDetails } from '@modelwright/llm';
import { samplePlan } from '@modelwright/llm/testing';
import { describe, expect, it } from 'vitest';
import { conversation } from './core/conversation.ts';
import { calling, deliver, failureOf, intentsOf, many, outcomeOf, play, resultsOf } from './testing/play.ts';
import { SmallWorld } from './testing/small-world.ts';
import { CEILING, PRICE } from './testing/world-model.ts';

const append = calling('append', { line: 'x' });
const submit = calling('submit');

const lastTold = (world: SmallWorld) =>
  conversation('Go.', world.transcript.records).findLast(({ role }) => role === 'user');

describe('an agent that calls no tool', () => {
  it('is reminded once, and goes on', async () => {
    const world = new SmallWorld([{ text: 'Hm.' }, submit]);
    await deliver(world);
    expect(outcomeOf(world)?.status).toBe('done');
    expect(lastTold(world)).toMatchObject({ text: expect.stringContaining('You called no tool') });
  });

  it('fails the second time, with the reason it gave', async () => {
    const world = new SmallWorld([{ text: 'Hm.' }, { text: 'The package is missing.' }]);
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'no-progress', message: 'The package is missing.' });
  });

  it('fails the third time when it says nothing at all', async () => {
    const world = new SmallWorld([{ text: '' }, { text: ' ' }, { text: '' }]);
    await deliver(world);
    expect(failureOf(world)).toMatchObject({
      kind: 'no-progress',
      message: expect.stringContaining('no reason'),
    });
  });

  it('may be silent again after it has called something', async () => {
    const world = new SmallWorld([{ text: 'Hm.' }, append, { text: 'Hm.' }, submit]);
    await deliver(world);
    expect(outcomeOf(world)?.status).toBe('done');
  });
});

describe('a reply that was cut off', () => {
  const cut = { ...append, text: 'I will', finish: 'length' as const };

  it('is not carried out, and the model is told how to go on', async () => {
    const world = new SmallWorld([cut, submit]);
    await deliver(world);
    expect(resultsOf(world)).toEqual([]);
    expect(lastTold(world)).toMatchObject({ text: expect.stringContaining('smaller steps') });
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('ends the work when it happens three times in a row', async () => {
    const world = new SmallWorld(many(cut));
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'cut-off' });
    expect(world.asked).toBe(3);
  });
});

describe('a refusal', () => {
  const refusal = { text: 'I cannot help with that.', finish: 'refused' as const };

  it('is answered once, and the work goes on', async () => {
    const world = new SmallWorld([refusal, append, refusal, submit]);
    await deliver(world);
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('ends the work the second time', async () => {
    const world = new SmallWorld(many(refusal));
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'refused' });
    expect(world.asked).toBe(2);
  });
});

const failing = (kind: string, retryable: boolean, details: ModelFailureDetails = {}) =>
  new ModelFailure({ kind, message: `It is ${kind}.`, retryable, origin: 'test', causes: [] }, details);

describe('an answer that was lost on its way', () => {
  const lost = failing('broken-reply', true, { charge: 'ceiling', model: 'a-model' });

  it('is paid for, and asked for again under a new intent', async () => {
    const world = new SmallWorld([append, submit], {
      fault: (turn, earlier) => (turn === 1 && earlier < 2 ? lost : null),
    });
    await deliver(world);
    expect(intentsOf(world).map(({ turn }) => turn)).toEqual([1, 1, 1, 2]);
    const { spent } = world.finals[0] ?? {};
    expect(spent).toMatchObject({
      turns: 2,
      microUsd: 2 * CEILING + 2 * PRICE,
      byModel: { 'a-model': { calls: 2, microUsd: 2 * CEILING }, scripted: { calls: 2, cachedTokens: 8 } },
    });
  });

  it('ends the work when it happens four times in a row', async () => {
    const world = new SmallWorld([], { fault: () => lost });
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'broken-reply', retryable: false });
    expect(world.finals[0]?.spent.microUsd).toBe(4 * CEILING);
  });

  it('never takes more than the grant', async () => {
    const world = new SmallWorld([append], { fault: (turn) => (turn > 1 ? lost : null) });
    await deliver(world, { grant: { microUsd: 25 } });
    expect(failureOf(world)).toMatchObject({ kind: 'budget-spent' });
    expect(world.finals[0]?.spent.microUsd).toBe(PRICE + 2 * CEILING);
  });
});

describe('a model that cannot be reached', () => {
  it('costs nothing, and holds nobody up: the assignment is for later', async () => {
    const away = failing('rate-limited', true, { retryAt: 1_800_000_000_000 });
    const world = new SmallWorld([submit], { fault: (_turn, earlier) => (earlier === 0 ? away : null) });
    expect(await deliver(world)).toEqual({
      kind: 'later',
      at: 1_800_000_000_000,
      reason: 'It is rate-limited.',
    });
    expect(world.finals).toEqual([]);
    await deliver(world);
    expect(world.finals[0]).toMatchObject({ spent: { microUsd: PRICE }, outcome: { status: 'done' } });
  });

  it('is not waited for when it would come back too late: whoever stands in for it can begin now', async () => {
    const world = new SmallWorld([append, submit], {
      fault: (turn) => (turn === 2 ? failing('rate-limited', true, { retryAt: world.clock + 96_000 }) : null),
    });
    expect(await deliver(world, { grant: { deadline: world.clock + 100_000 } })).toMatchObject({
      kind: 'finished',
    });
    expect(failureOf(world)).toMatchObject({ kind: 'rate-limited' });
    expect(world.clock).toBeLessThan(1_700_000_010_000);
  });

  it('is waited for as long as there is time for a last turn afterwards', async () => {
    const world = new SmallWorld([submit], {
      fault: () => failing('rate-limited', true, { retryAt: world.clock + 90_000 }),
    });
    expect(await deliver(world, { grant: { deadline: world.clock + 100_000 } })).toMatchObject({
      kind: 'later',
    });
  });

  it('is waited for many times, and not for ever', async () => {
    const world = new SmallWorld([], { fault: () => failing('unavailable', true) });
    await play(world);
    expect(failureOf(world)).toMatchObject({ kind: 'unavailable' });
    expect(intentsOf(world)).toHaveLength(12);
    expect(world.finals[0]?.spent).toMatchObject({ microUsd: 0, byModel: {} });
  });

  it('and never will be ends the work with its reason', async () => {
    const world = new SmallWorld([append], {
      fault: (turn) => (turn === 2 ? failing('quota-spent', false) : null),
    });
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'quota-spent', message: 'It is quota-spent.' });
  });

  it('and never will be lets the agent hand over what it has', async () => {
    const world = new SmallWorld([append], {
      fault: (turn) => (turn === 2 ? failing('quota-spent', false) : null),
    });
    const result = { role: 'designer' as const, plans: [samplePlan] };
    await deliver(world, { agent: { handOver: () => Promise.resolve({ content: 'a plan', result }) } });
    expect(outcomeOf(world)).toEqual({ status: 'done', result });
  });
});

describe('going round in circles', () => {
  const same = calling('recite', { characters: 5 });

  it('is warned of, and then fails', async () => {
    const world = new SmallWorld([same, same, same, same, same, submit]);
    await deliver(world);
    expect(resultsOf(world).map(({ failed }) => failed)).toEqual([false, false, false, false, true]);
    const told = intentsOf(world).map(({ status }) => status);
    expect(told[2]).not.toContain('same arguments');
    expect(told[3]).toContain('recite with the same arguments 3 times');
    expect(told[5]).toContain('5 times');
  });

  it('ends the turn: what follows in the reply is not run', async () => {
    const recite = { name: 'recite', args: { characters: 5 } };
    const line = { name: 'append', args: { line: 'x' } };
    const world = new SmallWorld([{ calls: [recite, recite, recite, recite, recite, line, line] }, submit]);
    await deliver(world);
    expect(resultsOf(world).slice(5)).toMatchObject([
      { failed: true, content: expect.stringContaining('Not run') },
      { failed: true, content: expect.stringContaining('Not run') },
    ]);
    expect(intentsOf(world)[1]?.status.match(/same arguments/g)).toHaveLength(1);
    expect(outcomeOf(world)).toMatchObject({ result: { plans: [{ summary: '' }] } });
  });

  it('is no circle when a file has changed in between', async () => {
    const world = new SmallWorld([same, same, same, same, append, same, submit]);
    await deliver(world);
    expect(resultsOf(world).every(({ failed }) => !failed)).toBe(true);
  });

  it('is no circle when the tool watches what changes by itself', async () => {
    const watch = calling('watch');
    const world = new SmallWorld([watch, watch, watch, watch, watch, watch, submit]);
    await deliver(world);
    expect(resultsOf(world).every(({ failed }) => !failed)).toBe(true);
    expect(intentsOf(world).every(({ status }) => !status.includes('same arguments'))).toBe(true);
  });
});

describe('what is noted', () => {
  it('goes out with the end, however it ends', async () => {
    const world = new SmallWorld([calling('note', { text: 'ids are sorted by time' }), append]);
    await deliver(world, { grant: { turns: 2 } });
    expect(world.finals[0]).toMatchObject({
      notes: ['ids are sorted by time'],
      outcome: { status: 'failed' },
    });
  });
});
