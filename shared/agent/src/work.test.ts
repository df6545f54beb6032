/** The loop against crashes: at any operation, after any append, with two at work, delivered twice. */
import { agentJobId, type TurnRecord } from '@modelwright/contracts';
import type { ScriptedReply } from '@modelwright/llm/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleAssignment } from './testing/sample-assignment.ts';
import { CEILING, Crash, type Pace, SmallWorld } from './testing/small-world.ts';
import { work } from './work.ts';
import type { WorkEnd } from './work-end.ts';

const STAYING = new AbortController().signal;

const deliver = (world: SmallWorld, pace?: Pace): Promise<WorkEnd> => {
  const { agent, ports } = world.process(pace);
  return work({ assignment: sampleAssignment, agent }, ports, STAYING);
};

/** Delivers until it is finished, as run actor and bus do: again after a crash, and when what it waits for has ended. */
async function play(world: SmallWorld, spuriousDeliveries = false): Promise<number> {
  let crashes = 0;
  for (;;) {
    const end = await deliver(world).catch((error: unknown) => {
      if (!(error instanceof Crash)) throw error;
      crashes += 1;
      return null;
    });
    if (end?.kind === 'finished') return crashes;
    if (end?.kind === 'parked') {
      if (spuriousDeliveries) await deliver(world).catch(() => null);
      for (const { condition } of world.stops) for (const job of condition.jobs) world.ended.add(job);
      // A crash may have come between the record of a stop and its message: the delivery that follows stops anew.
    }
  }
}

const step = fc.constantFrom('append', 'append', 'start', 'wait', 'fail', 'unknown', 'malformed');

/** Scripts whose waits are for jobs they have started before. */
const script = fc
  .array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 })
  .map(linesOf);

function linesOf(turns: readonly (readonly string[])[]): ScriptedReply[] {
  const jobs: string[] = [];
  const lines = turns.map((steps, turn) => ({
    calls: steps.map((name, index) => {
      if (name === 'start') jobs.push(agentJobId(sampleAssignment.id, turn + 1, index));
      if (name === 'append') return { name, args: { line: `${turn}.${index}` } };
      if (name === 'wait' && jobs.length > 0) return { name, args: { jobs: [...jobs] } };
      if (name === 'malformed') return { name: 'append', args: '{"line": ' };
      return { name: name === 'wait' ? 'fail' : name, args: {} };
    }),
  }));
  return [...lines, { calls: [{ name: 'submit', args: {} }] }];
}

/** The transcript without what may differ between one process and several. */
const essence = (records: readonly TurnRecord[]) =>
  records.flatMap((record) =>
    record.type === 'reply' || record.type === 'result' ? [{ ...record, at: 0 }] : [],
  );

const outcomeOf = (world: SmallWorld) => world.finals.at(-1)?.outcome;

function expectSame(world: SmallWorld, calm: SmallWorld): void {
  expect(outcomeOf(world)).toEqual(outcomeOf(calm));
  expect(essence(world.transcript.records)).toEqual(essence(calm.transcript.records));
  expect([...world.started.keys()]).toEqual([...calm.started.keys()]);
  expect(world.transcript.records.filter((record) => record.type === 'finished')).toHaveLength(1);
}

describe('an assignment', () => {
  it('ends the same wherever its process dies, at every single operation', async () => {
    const lines = linesOf([
      ['append', 'start'],
      ['wait', 'append'],
      ['start', 'malformed', 'append'],
      ['wait'],
    ]);
    const calm = new SmallWorld(lines);
    await play(calm);
    for (let operation = 1; operation <= calm.operations; operation++) {
      const world = new SmallWorld(lines, [operation]);
      expect(await play(world)).toBe(1);
      expectSame(world, calm);
    }
  });

  it('ends the same whatever the script, and wherever it dies twice', async () => {
    const moments = fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 120 }));
    await fc.assert(
      fc.asyncProperty(script, moments, fc.boolean(), async (lines, crashes, spurious) => {
        const [calm, world] = [new SmallWorld(lines), new SmallWorld(lines, crashes)];
        await play(calm);
        await play(world, spurious);
        expectSame(world, calm);
      }),
      { numRuns: 150 },
    );
  });

  it('ends the same when it dies all the time, as long as something comes of it', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.integer({ min: 12, max: 36 }), async (lines, gap) => {
        const crashes = Array.from({ length: 40 }, (_, n) => (n + 1) * gap);
        const [calm, world] = [new SmallWorld(lines), new SmallWorld(lines, crashes)];
        await play(calm);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 60 },
    );
  });

  it('ends the same from any prefix of its transcript', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.nat(1000), async (lines, cut) => {
        const calm = new SmallWorld(lines);
        await play(calm);
        const { records } = calm.transcript;
        const prefix = records.slice(0, cut % (records.length + 1));
        const world = new SmallWorld(lines, [], prefix);
        const answered = prefix.slice(0, prefix.findLastIndex((record) => record.type === 'result') + 1);
        const waits = answered.flatMap((record) => (record.type === 'parked' ? record.condition.jobs : []));
        for (const job of waits) world.ended.add(job);
        for (const [sha256, content] of calm.versions) world.versions.set(sha256, content);
        for (const [job, times] of calm.started) world.started.set(job, times);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 100 },
    );
  });

  it('pays no answered turn twice, and accounts for all that was paid', async () => {
    const moments = fc.tuple(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 120 }));
    await fc.assert(
      fc.asyncProperty(script, moments, async (lines, planned) => {
        const world = new SmallWorld(lines, planned);
        const crashes = await play(world);
        const replies = world.transcript.records.filter((record) => record.type === 'reply').length;
        const spent = world.finals.at(-1)?.spent;
        expect(world.asked).toBeLessThanOrEqual(replies + crashes);
        expect(spent?.turns).toBe(replies);
        expect(spent?.microUsd).toBeGreaterThanOrEqual(world.paid);
        expect(spent?.microUsd).toBeLessThanOrEqual(world.paid + crashes * CEILING);
      }),
      { numRuns: 150 },
    );
  });

  it('has one author of every record when two workers hold it, however their steps interleave', async () => {
    await fc.assert(
      fc.asyncProperty(script, fc.scheduler(), async (lines, scheduler) => {
        const calm = new SmallWorld(lines);
        await play(calm);
        const world = new SmallWorld(lines);
        const pace = () => scheduler.schedule(Promise.resolve());
        await scheduler.waitFor(Promise.all([deliver(world, pace), deliver(world, pace)]));
        // One reply at most is lost with the one of them that lost the assignment.
        const replies = world.transcript.records.filter((record) => record.type === 'reply').length;
        expect(world.asked).toBeLessThanOrEqual(replies + 1);
        await play(world);
        expectSame(world, calm);
      }),
      { numRuns: 100 },
    );
  });

  it('tells its end again when it is delivered again, and does nothing else', async () => {
    const world = new SmallWorld(linesOf([['append']]));
    await play(world);
    const records = world.transcript.records.length;
    expect(await deliver(world)).toMatchObject({ kind: 'finished' });
    expect(world.finals).toHaveLength(2);
    expect(world.finals[1]).toEqual(world.finals[0]);
    expect(world.transcript.records).toHaveLength(records);
  });

  it('stops anew, under a new number, when it is delivered before its time', async () => {
    const world = new SmallWorld(linesOf([['start'], ['wait']]));
    expect(await deliver(world)).toEqual({ kind: 'parked', stop: 1 });
    expect(await deliver(world)).toEqual({ kind: 'parked', stop: 2 });
    expect(world.stops.map(({ stop }) => stop)).toEqual([1, 2]);
  });

  it('resumes the call that waited, and runs the one that had nothing to wait for', async () => {
    const world = new SmallWorld(linesOf([['start'], ['wait'], ['wait']]));
    await play(world);
    const contents = world.transcript.records.flatMap((record) =>
      record.type === 'result' ? [record.content] : [],
    );
    expect(contents.slice(1)).toEqual([
      expect.stringMatching(/^have ended/),
      expect.stringMatching(/^had ended/),
    ]);
  });
});
