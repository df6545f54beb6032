/** Conversations that become too long for the model, and such as it has forgotten. */
import { ModelFailure } from '@modelwright/llm';
import { describe, expect, it } from 'vitest';
import { conversation } from './core/conversation.ts';
import { calling, deliver, failureOf, intentsOf, many, outcomeOf } from './testing/play.ts';
import { SmallWorld } from './testing/small-world.ts';
import { SUMMARY, SUMMARY_PRICE } from './testing/world-model.ts';

const submit = calling('submit');
const recite = (n: number, characters = 3000) => calling('recite', { characters, of: `${n}` });
const recitals = (count: number, characters?: number) =>
  Array.from({ length: count }, (_, n) => recite(n, characters));

const condensedOf = ({ transcript }: SmallWorld) =>
  transcript.records.filter((record) => record.type === 'condensed');
const shownTo = (world: SmallWorld) => conversation('Go.', world.transcript.records);

const tooLong = new ModelFailure({
  kind: 'context-overflow',
  message: 'The context is 4096 tokens.',
  retryable: false,
  origin: 'test',
  causes: [],
});

describe('a conversation that fills the model', () => {
  it('has old answers of tools masked, in blocks, and no summary as long as that is enough', async () => {
    const world = new SmallWorld([...recitals(20), submit], { contextTokens: 16_000, outputTokens: 500 });
    await deliver(world);
    expect(outcomeOf(world)?.status).toBe('done');
    const condensed = condensedOf(world);
    expect(condensed.length).toBeGreaterThan(0);
    expect(condensed.length).toBeLessThan(4);
    expect(condensed.every(({ summarisedThrough, usage }) => summarisedThrough === 0 && usage === null)).toBe(
      true,
    );
    const answers = shownTo(world).filter((message) => message.role === 'tool');
    expect(answers[0]?.content).toContain('characters left out');
    expect(answers.at(-1)?.content).not.toContain('left out');
  });

  it('is told in a summary where masking is not enough, which the model writes and is paid for', async () => {
    const world = new SmallWorld([...recitals(6), submit], { contextTokens: 3500, outputTokens: 100 });
    await deliver(world);
    const summary = condensedOf(world).find(({ summarisedThrough }) => summarisedThrough > 0);
    expect(summary).toMatchObject({ summary: 'It went well so far.', usage: { microUsd: SUMMARY_PRICE } });
    expect(shownTo(world)[1]).toMatchObject({ role: 'user', text: expect.stringContaining('so far.') });
    const { spent } = world.finals[0] ?? {};
    expect(spent?.microUsd).toBe(world.paid);
    expect(spent?.turns).toBe(7);
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('is told by rule where the money does not reach for a summary', async () => {
    const world = new SmallWorld([...recitals(3), submit], { contextTokens: 3500, outputTokens: 100 });
    await deliver(world, { grant: { microUsd: 31 } });
    const [told] = condensedOf(world);
    expect(told).toMatchObject({ usage: null, summary: expect.stringContaining('Turn 1: recite(') });
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('keeps its brief, whatever is left out', async () => {
    const world = new SmallWorld([...recitals(6), submit], { contextTokens: 3500, outputTokens: 100 });
    await deliver(world);
    expect(shownTo(world)[0]).toEqual({ role: 'user', text: 'Go.' });
  });
});

describe('a provider that says the request is too long', () => {
  it('is asked again with less, at no cost', async () => {
    const world = new SmallWorld([...recitals(5), submit], {
      fault: (turn, earlier) => (turn === 6 && earlier === 0 ? tooLong : null),
    });
    await deliver(world);
    expect(condensedOf(world)).toHaveLength(1);
    expect(outcomeOf(world)?.status).toBe('done');
    expect(world.finals[0]?.spent.microUsd).toBe(world.paid);
  });

  it('is given a summary by rule when it cannot even be asked for one', async () => {
    const world = new SmallWorld([...recitals(3), submit], {
      fault: (turn, earlier) => (turn === SUMMARY || (turn === 4 && earlier === 0) ? tooLong : null),
    });
    await deliver(world);
    expect(condensedOf(world)).toMatchObject([{ usage: null, summarisedThrough: 3 }]);
    expect(outcomeOf(world)?.status).toBe('done');
  });

  it('ends the work when nothing is left that could be left out', async () => {
    const world = new SmallWorld(many(recite(1)), { fault: (turn) => (turn === 3 ? tooLong : null) });
    await deliver(world);
    expect(failureOf(world)).toMatchObject({ kind: 'context-overflow' });
    expect(intentsOf(world).length).toBeLessThan(8);
  });
});

describe('a conversation that the provider has forgotten', () => {
  const long = [...recitals(8, 20_000), calling('wait', { jobs: ['a-job'] }), submit];
  const options = { contextTokens: 200_000, outputTokens: 500 };

  it('is shortened before it is read anew', async () => {
    const world = new SmallWorld(long, options);
    await deliver(world);
    world.ended.add('a-job');
    world.clock += 10 * 60_000;
    await deliver(world);
    expect(condensedOf(world)).toMatchObject([
      { maskedThrough: 6, summarisedThrough: 0, reason: expect.stringContaining('10 minutes') },
    ]);
  });

  it('stays as it is while the provider remembers it', async () => {
    const world = new SmallWorld(long, options);
    await deliver(world);
    world.ended.add('a-job');
    world.clock += 2 * 60_000;
    await deliver(world);
    expect(condensedOf(world)).toEqual([]);
  });
});
