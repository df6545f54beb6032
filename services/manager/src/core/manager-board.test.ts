import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate } from './candidate.ts';
import { MOST_BYTES, managerBoard } from './manager-board.ts';
import { utf8Bytes } from './one-line.ts';
import type { OpenRun } from './run-state.ts';
import { playedByModels } from './testing/paid-work.ts';
import { plan, scoreOf, trained, tree, version } from './testing/samples.ts';
import { SimulatedFarm } from './testing/simulated-farm.ts';

function searching(): OpenRun {
  const farm = new SimulatedFarm({ silent: ['portfolio', 'floor'] });
  farm.submit(playedByModels({ candidates: 100 }));
  while (farm.pending > 0) farm.deliver(0);
  if (farm.log.state.stage !== 'open') throw new Error('the run is not open');
  return farm.log.state;
}

const RUN = searching();
const named = (id: string) => ({ id, parent: null, partner: null, guidance: null, repairs: 0 });

function scored(
  id: string,
  name: string,
  diagnosis: string | null = null,
  value = scoreOf(id).value,
): Candidate {
  return {
    ...named(id),
    stage: 'scored',
    plan: plan(name),
    trained: trained(id),
    trials: [],
    predictions: tree(id),
    test: null,
    score: { ...scoreOf(id), value },
    diagnosis,
  };
}

function dropped(id: string, name: string, reason: string): Candidate {
  return { ...named(id), stage: 'dropped', plan: plan(name), version: null, reason };
}

function boardOf(candidates: readonly Candidate[], recent: readonly string[] = []): string {
  const byId = Object.fromEntries(candidates.map((one) => [one.id, one]));
  return managerBoard({ ...RUN, candidates: byId, recent }, RUN.startedAt + 60_000);
}

describe('the board', () => {
  it('has a line for each live candidate, the best first, and one for each dropped', () => {
    const board = boardOf([
      scored('c1', 'Trees'),
      { ...scored('c2', 'Forest'), parent: 'c1' },
      { ...named('c3'), stage: 'tuning', plan: plan('Net'), version: version('c3') },
      dropped('c4', 'Odd idea', 'its code did not run'),
    ]);
    const lines = board.split('\n').filter((line) => /^c\d/.test(line));
    expect(lines).toEqual([
      'c2 | Forest | c1 | 0.92 ± 0.01 | 0.92 | 0 | 0 | scored | ',
      'c1 | Trees | - | 0.91 ± 0.01 | 0.91 | 0 | 0 | scored | ',
      'c3 | Net | - | - | - | - | - | tuning | ',
      'c4 | Odd idea | its code did not run',
    ]);
  });

  it('says what is left of time, money, slots and candidates', () => {
    const board = boardOf([]);
    expect(board).toContain('1 of 10 minutes gone');
    expect(board).toMatch(/\$0\.00 spent and \$\d\.\d\d reserved of \$1\.00/);
    expect(board).toContain('Best so far: none');
  });

  it('tells a diagnosis in a line', () => {
    const diagnosis = JSON.stringify({
      confusion: {
        pairs: [{ truth: 'cat', predicted: 'dog', rows: 12, shareOfClass: 0.2 }],
        worstClasses: [{ class: 'cat', rows: 60, recall: 0.61234, precision: 0.9 }],
      },
      calibration: { error: 0.1, overconfidence: 0.08, bins: [] },
      slices: [{ feature: 'age', slice: '> 60', rows: 40, loss: 0.91, overall: 0.35, standardErrors: 4 }],
    });
    expect(boardOf([scored('c1', 'Trees', diagnosis)])).toContain(
      'class cat recall 0.612; cat taken for dog 12×; age > 60: loss 0.91 against 0.35 (40 rows); overconfident by 0.08',
    );
  });

  it('stays within its size with a hundred candidates, however much there is to say of each', () => {
    const words = fc.string({ unit: 'binary', maxLength: 300 });
    const candidate = fc.tuple(
      words.map((text) => `x${text}`.slice(0, 80)),
      words,
      fc.boolean(),
      fc.double({ noNaN: true }),
    );
    fc.assert(
      fc.property(
        fc.array(candidate, { minLength: 100, maxLength: 130 }),
        fc.array(words, { maxLength: 12 }),
        (all, recent) => {
          const board = boardOf(
            all.map(([name, text, dead, value], n) =>
              dead ? dropped(`c${n}`, name, text) : scored(`c${n}`, name, text, value),
            ),
            recent,
          );
          expect(utf8Bytes(board)).toBeLessThanOrEqual(MOST_BYTES);
          expect(utf8Bytes(board)).toBe(Buffer.byteLength(board));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('still has a line for each of a hundred candidates of the usual kind', () => {
    const all = Array.from({ length: 100 }, (_, n) =>
      n % 3 === 0
        ? dropped(`c${n}`, 'Gradient boosting on counts', 'not implemented: the smoke run failed')
        : scored(`c${n}`, 'Gradient boosting on interactions', 'class 8 recall 0.91; 8 taken for 3'),
    );
    const lines = boardOf(all).split('\n');
    expect(lines.filter((line) => /^c\d/.test(line))).toHaveLength(100);
  });

  it('cannot be given lines of its own by what a candidate is called', () => {
    const board = boardOf([scored('c1', 'Trees\nc9 | Best | - | 1 ± 0')]);
    expect(board.split('\n').filter((line) => line.startsWith('c9'))).toEqual([]);
  });
});
