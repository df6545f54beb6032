import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StoredRecord } from './log.ts';
import { replayDecisions } from './replay.ts';
import { playedByModels } from './testing/paid-work.ts';
import { play } from './testing/play.ts';

describe('replay', () => {
  const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 });
  const recorded = (drawn: readonly number[] = [0]): StoredRecord[] =>
    play(
      drawn,
      { failing: ['c2_tune'], decides: () => [{ kind: 'tune', candidate: 'c1', guidance: 'wider' }] },
      playedByModels(),
    ).records;

  it('makes the same decisions as are on record, as they come back from the log', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const records = recorded(drawn);
        const stored: StoredRecord[] = JSON.parse(JSON.stringify(records));
        expect(replayDecisions(stored)).toEqual({
          decisions: records.length,
          silent: 0,
          foreign: 0,
          divergence: null,
        });
      }),
      { numRuns: 40 },
    );
  });

  it('reports the first record that would be decided otherwise, and where', () => {
    fc.assert(
      fc.property(fc.nat(), (drawn) => {
        const records = recorded();
        const at = drawn % records.length;
        const changed = records[at] ?? expect.unreachable();
        const reason = `${changed.body.reason}, it was said`;
        const { divergence } = replayDecisions(
          records.with(at, { ...changed, body: { ...changed.body, reason } }),
        );
        expect(divergence).toMatchObject({
          sequence: changed.sequence,
          recorded: reason,
          now: changed.body.reason,
        });
        expect(divergence?.difference).toMatch(/^reason: /);
      }),
      { numRuns: 40 },
    );
  });

  it('names the field that differs', () => {
    const records = recorded();
    const at = records.findIndex(({ body }) => body.effects.some((effect) => effect.type === 'assign'));
    const record = records[at] ?? expect.unreachable();
    const effects = record.body.effects.map((effect) =>
      effect.type === 'assign' ? { ...effect, assignment: { ...effect.assignment, seed: 1 } } : effect,
    );
    const { divergence } = replayDecisions(
      records.with(at, { ...record, body: { ...record.body, effects } }),
    );
    expect(divergence?.difference).toMatch(/^effects\[\d+\]\.assignment\.seed: 1 on record, \d+ now$/);
  });

  it('counts records that do not hold their message, and those that are not of this run', () => {
    const records = recorded();
    const old = records.map((record) => {
      const { message: _unknown, ...cause } = record.body.cause;
      return { ...record, body: { ...record.body, cause } };
    });
    expect(replayDecisions(old)).toMatchObject({ decisions: 0, silent: records.length, divergence: null });
    const foreign = { ...(records[0] ?? expect.unreachable()), sequence: 1 };
    expect(replayDecisions([...records, foreign])).toMatchObject({ foreign: 1, divergence: null });
  });
});
