import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beats, type Contender } from './ranking.ts';

const contender = (id: string, score: number, oof: number): Contender => ({
  id,
  score: { value: score, standardError: 0.01, interval: [score, score], rows: 100 },
  oof: { value: oof, standardError: 0.01, interval: [oof, oof], rows: 400 },
});

describe('of two scored candidates', () => {
  it('the one with the better score is the better, in the direction of the metric', () => {
    expect(beats(contender('c2', 0.9, 0.5), contender('c1', 0.8, 0.9), 'maximize')).toBe(true);
    expect(beats(contender('c2', 0.9, 0.5), contender('c1', 0.8, 0.9), 'minimize')).toBe(false);
  });

  it('equal scores are settled by the out-of-fold score, then by the earlier id', () => {
    expect(beats(contender('c2', 0.9, 0.9), contender('c1', 0.9, 0.8), 'maximize')).toBe(true);
    expect(beats(contender('c10', 0.9, 0.8), contender('c9', 0.9, 0.8), 'maximize')).toBe(false);
  });

  it('the last one standing is the same in whatever order they come', () => {
    const few = fc.constantFrom(0.8, 0.9);
    const all = fc.array(fc.tuple(few, few), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(all, fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 }), (drawn, order) => {
        const contenders = drawn.map(([score, oof], n) => contender(`c${n}`, score, oof));
        const shuffled = contenders
          .map((one, n) => ({ one, at: order[n] ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ one }) => one);
        const best = (list: readonly Contender[]) =>
          list.reduce<Contender | null>(
            (holder, one) => (beats(one, holder, 'maximize') ? one : holder),
            null,
          );
        expect(best(shuffled)?.id).toBe(best(contenders)?.id);
      }),
    );
  });
});
