/** The loop against crashes: at any operation, after any append, with two at work, delivered twice. */
import { agentJobId, type TurnRecord } from '@modelwright/contracts';
import { ModelFailure } from '@modelwright/llm';
import type { ScriptedReply } from '@modelwright/llm/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deliver, outcomeOf, play } from './testing/play.ts';
import { sampleAssignment } from './testing/sample-assignment.ts';
import { SmallWorld, type WorldOptions } from './testing/small-world.ts';
import { CEILING } from './testing/world-model.ts';

const step = fc.constantFrom(
  ...['append', 'append', 'start', 'wait', 'fail', 'unknown', 'malformed', 'recite', 'note', 'watch'],
);
/** Replies of which nothing is carried out, at most one in a row. */
const mishap = fc.constantFrom<ScriptedReply | null>(
  ...[null, null, { text: 'Hm.' }, { text: '' }],
  ...[
    { text: 'Cut o', finish: 'length' as const },
    { text: 'No.', finish: 'refused' as const },
  ],
);
const turn = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 3 }), mishap });

/** Scripts whose waits are for jobs they have started before. */
const script = fc.array(turn, { minLength: 1, maxLength: 6 }).map(linesOf);

interface Turn {
  readonly steps: readonly string[];
  readonly mishap?: ScriptedReply | null;
}

function linesOf(turns: readonly Turn[]): ScriptedReply[] {
  const jobs: string[] = [];
  const lines: ScriptedReply[] = [];
  for (const { steps, mishap: first = null } of turns) {
    if (first !== null) lines.push(first);
    lines.push(lineOf(steps, lines.length + 1, jobs));
  }
  return [...lines, { calls: [{ name: 'submit', args: {} }] }];
}

function lineOf(steps: readonly string[], number: number, jobs: string[]): ScriptedReply {
  const calls = steps.map((name, index) => {
    if (name === 'start') jobs.push(agentJobId(sampleAssignment.id, number, index));
    if (name === 'append') return { name, args: { line: `${number}.${index}` } };
    if (name === 'wait' && jobs.length > 0) return { name, args: { jobs: [...jobs] } };
    if (name === 'malformed') return { name: 'append', args: '{"line": ' };
    if (name === 'recite') return { name, args: { characters: 3000 } };
    if (name === 'note') return { name, args: { text: `learned in ${number}` } };
    return { name: name === 'wait' ? 'fail' : name, args: {} };
  });
  return { calls };
}

const stepsOnly = (...turns: string[][]) => linesOf(turns.map((steps) => ({ steps })));

/** Models that fail at times: never so often in a row that it is the end. */
const faults = fc
  .array(fc.constantFrom('fine', 'fine', 'lost', 'unreached', 'too-long'), { minLength: 7, maxLength: 7 })
  .map((kinds): NonNullable<WorldOptions['fault']> => {
    return (number, earlier) => {
      const kind = kinds[number % kinds.length] ?? 'fine';
      // The first request has nothing that could be left out.
      if (kind === 'fine' || earlier > 0 || (kind === 'too-long' && number === 1)) return null;
      return FAULTS[kind] ?? null;
    };
  });

const failing = (kind: string, retryable: boolean, charge: 'none' | 'ceiling') =>
  new ModelFailure({ kind, message: kind, retryable, origin: 'test', causes: [] }, { charge });
const FAULTS: Record<string, ModelFailure> = {
  lost: failing('broken-reply', true, 'ceiling'),
  unreached: failing('unavailable', true, 'none'),
  'too-long': failing('context-overflow', false, 'none'),
};

/** Room for some answers of tools, not for all. */
const SMALL: WorldOptions = { contextTokens: 4000, outputTokens: 400 };

/** The transcript without what may differ between one process and several. */
const essence = (records: readonly TurnRecord[]) =>
  records.flatMap((record) =>
    record.type === 'reply' || record.type === 'result' ? [{ ...record, at: 0 }] : [],
  );

function expectSame(world: SmallWorld, calm: SmallWorld): void {
  expect(outcomeOf(world)).toEqual(outcomeOf(calm));
  expect(world.finals.at(-1)?.notes).toEqual(calm.finals.at(-1)?.notes);
  expect(essence(world.transcript.records)).toEqual(essence(calm.transcript.records));
  expect([...world.started.keys()]).toEqual([...calm.started.keys()]);
  expect(world.transcript.records.filter((record) => record.type === 'finished')).toHaveLength(1);
}

describe('an assignment', () => {
  it('ends the same wherever its process dies, at every single operation', async () => {
    const lines = stepsOnly(
      ['append', 'start'],
      ['wait', 'append'],
      ['start', 'malformed', 'append'],
      ['recite', 'recite', 'recite'],
      ['recite', 'watch'],
      ['wait'],
    );
    const fault: NonNullable<WorldOptions['fault']> = (number, earlier) =>
      number === 3 && earlier === 0 ? (FAULTS['lost'] ?? null) : null;
    const calm = new SmallWorld(lines, { ...SMALL, fault });
    await play(calm);
    expect(calm.transcript.records.some(({ type }) => type === 'condensed')).toBe(true);
    for (let operation = 1; operation <= calm.operations; operation++) {
      const world = new SmallWorld(lines, { ...SMALL, fault, crashes: [operation] });
      expect(await play(world)).toBe(1);
      expectSame(world, calm);
    }
  });

  it('ends the same whatever the script, whatever the model does, and wherever it dies twice', async () => {
    const moments = fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 120 }));
    await fc.assert(
      fc.asyncProperty(script, moments, faults, fc.boolean(), async (lines, crashes, fault, small) => {
        const options = { fault, ...(small ? SMALL : {}) };
        const [calm, world] = [
          new SmallWorld(lines, options),
          new SmallWorld(lines, { ...options, crashes }),
        ];
        await play(calm);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 80 },
    );
  });

  it('ends the same when it dies all the time, as long as something comes of it', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.integer({ min: 14, max: 36 }), async (lines, gap) => {
        const crashes = Array.from({ length: 40 }, (_, n) => (n + 1) * gap);
        const [calm, world] = [new SmallWorld(lines), new SmallWorld(lines, { crashes })];
        await play(calm);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 40 },
    );
  });

  it('ends the same from any prefix of its transcript', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.nat(1000), async (lines, cut) => {
        const calm = new SmallWorld(lines, SMALL);
        await play(calm);
        const { records } = calm.transcript;
        const prefix = records.slice(0, cut % (records.length + 1));
        const world = new SmallWorld(lines, { ...SMALL, records: prefix });
        const answered = prefix.slice(0, prefix.findLastIndex((record) => record.type === 'result') + 1);
        const waits = answered.flatMap((record) => (record.type === 'parked' ? record.condition.jobs : []));
        for (const job of waits) world.ended.add(job);
        for (const [sha256, content] of calm.versions) world.versions.set(sha256, content);
        for (const [job, times] of calm.started) world.started.set(job, times);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 40 },
    );
  });

  it('is charged what was paid and, for each answer that was lost, at most the ceiling', async () => {
    const crashes = fc.array(fc.integer({ min: 1, max: 150 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(script, crashes, faults, async (lines, planned, fault) => {
        const world = new SmallWorld(lines, { ...SMALL, fault, crashes: planned });
        const died = await play(world);
        const { records } = world.transcript;
        const answers = records.filter(
          (record) => record.type === 'reply' || (record.type === 'condensed' && record.usage !== null),
        ).length;
        const lost = records.filter(
          (record) => record.type === 'unanswered' && record.failure.kind === 'broken-reply',
        ).length;
        const spent = world.finals.at(-1)?.spent;
        expect(world.asked).toBeLessThanOrEqual(answers + lost + died);
        expect(spent?.turns).toBe(records.filter(({ type }) => type === 'reply').length);
        expect(spent?.microUsd).toBeGreaterThanOrEqual(world.paid);
        expect(spent?.microUsd).toBeLessThanOrEqual(world.paid + (died + lost) * CEILING);
        const byModel = Object.values(spent?.byModel ?? {});
        expect(byModel.reduce((sum, { microUsd }) => sum + microUsd, 0)).toBe(spent?.microUsd);
      }),
      { numRuns: 80 },
    );
  });

  it('has one author of every record when two workers hold it, however their steps interleave', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.scheduler(), async (lines, scheduler) => {
        const calm = new SmallWorld(lines);
        await play(calm);
        const world = new SmallWorld(lines);
        const pace = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(Promise.all([deliver(world, { pace }), deliver(world, { pace })]));
        // One reply at most is lost with the one of them that lost the assignment.
        const replies = world.transcript.records.filter((record) => record.type === 'reply').length;
        expect(world.asked).toBeLessThanOrEqual(replies + 1);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 40 },
    );
  });

  it('tells its end again when it is delivered again, and does nothing else', async () => {
    const world = new SmallWorld(stepsOnly(['append']));
    await play(world);
    const records = world.transcript.records.length;
    expect(await deliver(world)).toMatchObject({ kind: 'finished' });
    expect(world.finals).toHaveLength(2);
    expect(world.finals[1]).toEqual(world.finals[0]);
    expect(world.transcript.records).toHaveLength(records);
  });

  it('stops anew, under a new number, when it is delivered before its time', async () => {
    const world = new SmallWorld(stepsOnly(['start'], ['wait']));
    expect(await deliver(world)).toEqual({ kind: 'parked', stop: 1 });
    expect(await deliver(world)).toEqual({ kind: 'parked', stop: 2 });
    expect(world.stops.map(({ stop }) => stop)).toEqual([1, 2]);
  });

  it('resumes the call that waited, and runs the one that had nothing to wait for', async () => {
    const world = new SmallWorld(stepsOnly(['start'], ['wait'], ['wait']));
    await play(world);
    const contents = world.transcript.records.flatMap((record) =>
      record.type === 'result' ? [record.content] : [],
    );
    expect(contents.slice(1)).toEqual([
      expect.stringMatching(/^have ended/),
      expect.stringMatching(/^had ended/),
    ]);
  });

  it('asks for a summary as for anything else: a crash costs it once more, and nothing is told twice', async () => {
    const lines = stepsOnly(['recite'], ['recite'], ['recite'], ['recite'], ['recite'], ['append']);
    const tiny: WorldOptions = { contextTokens: 2600, outputTokens: 100 };
    const calm = new SmallWorld(lines, tiny);
    await play(calm);
    const asked = calm.transcript.records.filter(
      (record) => record.type === 'intent' && record.purpose === 'summary',
    );
    expect(asked.length).toBeGreaterThan(0);
    for (let operation = 1; operation <= calm.operations; operation++) {
      const world = new SmallWorld(lines, { ...tiny, crashes: [operation] });
      await play(world);
      expectSame(world, calm);
    }
  });
});
