import { describe, expect, it } from 'vitest';
import { logOf, sampleInput } from '../testing/sample-run.ts';
import { runReport } from './run-report.ts';

const records = sampleInput().log.map(({ body }) => body);
const sealed = logOf([{ type: 'winner-sealed', candidate: 'c0', reason: 'the best of those left' }]);

describe('the report of a run', () => {
  it('has the holdout of the winner for whom it was opened', () => {
    expect(runReport(records)).toMatchObject({ holdout: { value: 0.88 }, verified: { agree: true } });
  });

  it('says of a second winner nothing that was found of the first', () => {
    const report = runReport([...records, ...sealed.map(({ body }) => body)]);
    expect(report).toMatchObject({
      winner: { candidate: 'c0' },
      holdout: null,
      noHoldout: 'it was opened for c1, which could not be proved',
      model: null,
      compared: null,
      deliverable: null,
      verified: null,
    });
  });
});
