import type { TurnRecord } from '@modelwright/contracts';
import { ModelFailure } from '@modelwright/llm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Agent } from '../agent.ts';
import { assignmentWith, type Changes, calling, deliver, many, play } from '../testing/play.ts';
import { SmallWorld, type WorldOptions } from '../testing/small-world.ts';
import { replay } from './replay.ts';

const lost = new ModelFailure(
  { kind: 'stalled', message: 'Nothing came.', retryable: true, origin: 'test', causes: [] },
  { charge: 'ceiling', model: 'other' },
);
const away = new ModelFailure({
  kind: 'unavailable',
  message: 'Away.',
  retryable: true,
  origin: 'test',
  causes: [],
});
const tooLate = new ModelFailure(
  { kind: 'rate-limited', message: 'Tomorrow.', retryable: true, origin: 'test', causes: [] },
  { retryAt: 2 ** 42 },
);

const recite = (n: number) => calling('recite', { characters: 3000, of: `${n}` });
const EVENTFUL = [
  calling('start'),
  { text: 'Hm.' },
  recite(1),
  calling('wait', { jobs: ['a-job'] }),
  { finish: 'length' as const, text: 'I' },
  calling('unknown'),
  { calls: [1, 2, 3, 4, 5, 6].map(() => ({ name: 'append', args: '{"line' })) },
  ...[2, 3, 4, 5, 6].map(recite),
  { finish: 'refused' as const, text: 'No.' },
  calling('note', { text: 'the ids are sorted' }),
  calling('append', { line: 'x' }),
  calling('submit'),
];
const OPTIONS: WorldOptions = {
  contextTokens: 3600,
  outputTokens: 100,
  fault: (turn, earlier) => (earlier > 0 ? null : turn % 4 === 1 ? lost : turn % 5 === 3 ? away : null),
};

const again = (world: SmallWorld, changes: Changes = {}, records = world.transcript.records) => {
  const agent: Agent = { ...world.process().agent, ...changes.agent };
  return replay({ assignment: assignmentWith(changes.grant), agent }, records);
};

describe('a recorded assignment', () => {
  it('comes out the same, wherever its processes died', async () => {
    const crashes = fc.array(fc.integer({ min: 1, max: 220 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(crashes, async (planned) => {
        const world = new SmallWorld(EVENTFUL, { ...OPTIONS, crashes: planned });
        await play(world);
        const turns = world.finals[0]?.spent.turns;
        expect(await again(world)).toEqual({ kind: 'same', turns, finished: true });
      }),
      { numRuns: 30 },
    );
  });

  it('comes out the same as far as it goes when it is not finished', async () => {
    const world = new SmallWorld(EVENTFUL, OPTIONS);
    await play(world);
    const { records } = world.transcript;
    const types = new Set(records.map(({ type }) => type));
    for (const type of ['condensed', 'parked', 'unanswered', 'finished']) expect(types).toContain(type);
    for (let length = 0; length < records.length; length++) {
      expect(await again(world, {}, records.slice(0, length))).toMatchObject({
        kind: 'same',
        finished: false,
      });
    }
  });

  it.each<[string, Changes]>([
    ['turns', { grant: { turns: 4 } }],
    ['money', { grant: { microUsd: 40 } }],
    ['tokens', { grant: { tokens: 90 } }],
    ['money that hardly was there', { grant: { microUsd: 3 } }],
  ])('comes out the same when it ended for want of %s', async (_what, changes) => {
    const world = new SmallWorld(many(calling('append', { line: 'x' })));
    await play(world, changes);
    expect(world.transcript.records.at(-1)).toMatchObject({ final: { outcome: { status: 'failed' } } });
    expect(await again(world, changes)).toMatchObject({ kind: 'same', finished: true });
  });

  it('comes out the same when its model would have come back too late', async () => {
    const world = new SmallWorld([calling('append', { line: 'x' })], {
      fault: (turn) => (turn === 2 ? tooLate : null),
    });
    await play(world);
    expect(world.finals).toMatchObject([{ outcome: { failure: { kind: 'rate-limited' } } }]);
    expect(await again(world)).toMatchObject({ kind: 'same', finished: true });
  });

  it('comes out the same when it ended for want of time, or was cancelled', async () => {
    const late = new SmallWorld(many(calling('append', { line: 'x' })));
    const changes = { grant: { deadline: late.clock + 40 } };
    await play(late, changes);
    expect(await again(late, changes)).toMatchObject({ kind: 'same', finished: true });
    const cancelled = new SmallWorld([calling('append', { line: 'x' })]);
    const { ports } = cancelled.process();
    const control = () =>
      cancelled.asked > 0
        ? Promise.resolve({ state: 'cancelled' as const, reason: 'enough' })
        : ports.control();
    await deliver(cancelled, { ports: { control } });
    expect(await again(cancelled)).toMatchObject({ kind: 'same', finished: true });
  });
});

describe('a replay', () => {
  const eventful = async () => {
    const world = new SmallWorld(EVENTFUL, OPTIONS);
    await play(world);
    return world;
  };

  it.each<[string, Partial<Agent>, string]>([
    ['prompt', { system: 'Test!' }, 'the system prompt'],
    ['brief', { brief: 'Go on.' }, 'the brief'],
    ['tool', { tools: [] }, 'the tools'],
  ])('reports a changed %s', async (_what, agent, what) => {
    const replayed = await again(await eventful(), { agent });
    expect(replayed).toMatchObject({ kind: 'diverged', divergence: { turn: 0, what } });
  });

  it('reports other limits where they first show', async () => {
    const replayed = await again(await eventful(), { grant: { turns: 49 } });
    expect(replayed).toMatchObject({
      kind: 'diverged',
      divergence: {
        turn: 1,
        what: 'the status that the model is told',
        recorded: expect.stringContaining('of 50'),
        now: expect.stringContaining('of 49'),
      },
    });
  });

  it.each<[string, (record: TurnRecord) => TurnRecord]>([
    ['an answer of a tool', (record) => (record.type === 'result' ? { ...record, content: 'x' } : record)],
    ['what a reply said', (record) => (record.type === 'reply' ? { ...record, text: 'x' } : record)],
  ])(
    'reports that %s was changed afterwards: what followed was asked of another conversation',
    async (_what, change) => {
      const world = await eventful();
      const replayed = await again(world, {}, world.transcript.records.map(change));
      expect(replayed).toMatchObject({
        kind: 'diverged',
        divergence: { what: 'the conversation that the model is shown' },
      });
    },
  );

  it('reports a step that would not be taken today', async () => {
    const world = await eventful();
    const { records } = world.transcript;
    const index = records.findIndex(({ type }) => type === 'parked');
    const without = records.filter((_, n) => n !== index + 1);
    expect(await again(world, {}, without)).toMatchObject({ kind: 'diverged' });
  });
});
