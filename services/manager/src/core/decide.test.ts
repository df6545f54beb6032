import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accept, EMPTY_LOG, type RunLog } from './fold.ts';
import { play } from './testing/play.ts';
import { RUN } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

function outcomeOf(log: RunLog): string {
  return log.state.stage === 'ended' ? log.state.outcome : log.state.stage;
}

const sealedOf = (farm: SimulatedFarm) =>
  farm.records.flatMap(({ body }) => body.events).find((event) => event.type === 'winner-sealed');

const draws = fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 });

describe('a run', () => {
  it('ends finished, with the same winner and the same work, whatever the order of messages', () => {
    const calm = play([0]);
    expect(outcomeOf(calm.log)).toBe('finished');
    const work = [...calm.assignmentsSent.keys(), ...calm.jobsSent.keys()].sort();
    fc.assert(
      fc.property(draws, (drawn) => {
        const farm = play(drawn);
        expect(outcomeOf(farm.log)).toBe('finished');
        expect(sealedOf(farm)).toMatchObject({ candidate: 'c2' });
        expect([...farm.assignmentsSent.keys(), ...farm.jobsSent.keys()].sort()).toEqual(work);
      }),
      { numRuns: 150 },
    );
  });

  it('delivers the blend when it is better past noise', () => {
    expect(sealedOf(play([0], { blendWins: true }))).toMatchObject({ candidate: 'blend' });
  });

  it('ends, and never throws, whatever fails', () => {
    const part = fc.constantFrom(
      'portfolio',
      'implement',
      'floor',
      'tune',
      'c1_',
      'c2_',
      'score',
      'blend',
      'revise',
      'fix',
      'holdout',
    );
    const jobs = fc.constantFrom(
      'score-rows',
      'test-rows',
      'holdout-rows',
      'refit',
      'proof-record_1',
      'verify_1',
      'c2_',
    );
    fc.assert(
      fc.property(
        draws,
        fc.array(part, { maxLength: 4 }),
        fc.array(jobs, { maxLength: 3 }),
        (drawn, failing, failingJobs) => {
          const farm = play(drawn, { failing, failingJobs });
          expect(['finished', 'failed']).toContain(outcomeOf(farm.log));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('delivers the scored model when the refitted one cannot be proved', () => {
    const farm = play([0], { unprovable: true });
    expect(outcomeOf(farm.log)).toBe('finished');
    const chosen = farm.records
      .flatMap(({ body }) => body.events)
      .filter((event) => event.type === 'model-chosen');
    expect(chosen.map(({ refitted }) => refitted)).toEqual([true, false]);
  });

  it('still delivers when every candidate but the floor fails', () => {
    const farm = play([0], { failing: ['c1_', 'c2_', 'c3_', 'c4_'] });
    expect(outcomeOf(farm.log)).toBe('finished');
    expect(sealedOf(farm)).toMatchObject({ candidate: 'c0' });
  });

  it('fails with the reasons when nothing could be scored', () => {
    const farm = play([0], { failingJobs: ['score-rows'] });
    expect(outcomeOf(farm.log)).toBe('failed');
    expect(farm.records.at(-1)?.body.reason).toContain('no candidate could be scored');
  });

  it('gives broken code back to a coder once', () => {
    const farm = play([0], { failing: ['c1_tune'] });
    const sent = [...farm.assignmentsSent.keys()].filter((id) => id.includes('_c1_'));
    expect(sent).toEqual([
      `${RUN}_c1_implement_1`,
      `${RUN}_c1_tune_1`,
      `${RUN}_c1_fix_1`,
      `${RUN}_c1_tune_2`,
    ]);
  });

  it('delivers what is scored when the time for the search is up', () => {
    const farm = new SimulatedFarm();
    farm.submit();
    for (let n = 0; n < 400 && farm.pending > 0; n += 1) {
      farm.deliver(0);
      const state = farm.log.state;
      if (state.stage === 'open' && state.phase.name === 'searching' && state.best !== null) break;
    }
    farm.tick(9 * 60_000);
    while (farm.pending > 0) farm.deliver(0);
    expect(outcomeOf(farm.log)).toBe('finished');
    expect(sealedOf(farm)).toBeDefined();
  });

  it('ends as cancelled, and later messages change nothing', () => {
    const farm = new SimulatedFarm();
    farm.submit();
    farm.deliver(0);
    farm.inject({ type: 'cancel-requested', run: RUN, reason: 'enough' });
    const records = farm.records.length;
    while (farm.pending > 0) farm.deliver(0);
    expect(outcomeOf(farm.log)).toBe('cancelled');
    expect(farm.records).toHaveLength(records);
  });
});

describe('the log', () => {
  it('folds to the same state when it is read again', () => {
    fc.assert(
      fc.property(draws, (drawn) => {
        const farm = play(drawn);
        expect(farm.records.reduce(accept, EMPTY_LOG)).toEqual(farm.log);
      }),
      { numRuns: 50 },
    );
  });

  it('skips a planted foreign record, and a record that comes twice', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (at, offset) => {
        const { records, log } = play([1]);
        const place = at % (records.length + 1);
        const foreign = {
          sequence: (records[place - 1]?.sequence ?? 0) + 1,
          body: {
            previous: (records[place - 1]?.sequence ?? 0) + 1 + (offset % 50),
            cause: { messageId: 'foreign', type: 'tick' },
            at: 0,
            reason: 'planted',
            events: [
              {
                type: 'best-changed' as const,
                candidate: 'evil',
                score: { value: 9, standardError: 0, interval: [9, 9] as [number, number], rows: 1 },
                submission: null,
              },
            ],
            effects: [],
          },
        };
        const twice = records[at % records.length];
        const planted = [
          ...records.slice(0, place),
          foreign,
          ...records.slice(place),
          ...(twice === undefined ? [] : [twice]),
        ];
        expect(planted.reduce(accept, EMPTY_LOG)).toEqual(log);
      }),
      { numRuns: 100 },
    );
  });
});
