import { describe, expect, it } from 'vitest';
import { sampleInput, score } from '../testing/sample-run.ts';
import { accepted } from './accepted.ts';
import { gapsOf, isNotable } from './gaps.ts';
import { chosenIn, runReport } from './run-report.ts';

const chosen = chosenIn(runReport(accepted(sampleInput().log)));

describe('the gaps between the numbers of a candidate', () => {
  it.each([
    ['maximize', 0.02],
    ['minimize', -0.02],
  ] as const)('to %s: a score of 0.90 beside a holdout of 0.88 promised %d', (toward, by) => {
    const gap = gapsOf(chosen!, score(0.88), toward).find(({ fact }) => fact === 'holdout');
    expect(gap?.by).toBeCloseTo(by);
    expect(gap?.standardErrors).toBeCloseTo(Math.SQRT2);
  });

  it('are notable past two standard errors, and only where more was promised', () => {
    const of = (holdout: number) => gapsOf(chosen!, score(holdout), 'maximize').filter(isNotable);
    expect(of(0.8)).toContainEqual(expect.objectContaining({ promise: 'score', fact: 'holdout' }));
    expect(of(0.99).some(({ fact }) => fact === 'holdout')).toBe(false);
    expect(of(0.89).some(({ fact }) => fact === 'holdout')).toBe(false);
  });
});
