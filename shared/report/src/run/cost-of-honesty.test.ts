import { type JobOutcome, jobOutcomeBody } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { logOf, RUN, START, sampleInput } from '../testing/sample-run.ts';
import { accepted } from './accepted.ts';
import { costOfHonesty } from './cost-of-honesty.ts';
import { runReport } from './run-report.ts';

const [sample] = sampleInput().outcomes;
const program = (job: string, from: number, to: number): JobOutcome =>
  jobOutcomeBody.parse({ ...sample, job, run: RUN, startedAt: START + from, endedAt: START + to });

/** Records are half a minute apart: the first program of the log lasts from 30 s to 60 s, the second from 60 s to 90 s. */
const opened = (job: string, purpose: string, at: number) => ({
  type: 'job-opened',
  job,
  purpose,
  candidate: 'c1',
  at: START + at,
});
const closed = (job: string) => ({
  type: 'job-closed',
  job,
  end: 'finished',
  reason: 'x',
  seconds: 1,
  output: null,
  isolation: 'contained',
});

function costOf(outcomes: readonly JobOutcome[]) {
  const [started] = sampleInput().log[0]?.body.events ?? [];
  const log = logOf([started, opened('i', 'infer', 30_000), closed('i'), closed('x'), closed('x')]);
  return costOfHonesty(runReport(accepted(log)), outcomes);
}

describe('the cost of honesty', () => {
  it('is the time in which only honest work was under way', () => {
    expect(costOf([])).toMatchObject({ wall: 120_000, alone: 30_000 });
  });

  it('does not count what went on beside a training that an agent had asked for', () => {
    const cost = costOf([program('training', 40_000, 110_000)]);
    expect(cost?.alone).toBe(10_000);
    expect(cost?.activities).toContainEqual({ activity: 'search', busy: 70_000, wall: 70_000, alone: 0 });
    expect(cost?.activities).toContainEqual({
      activity: 'scoring',
      busy: 30_000,
      wall: 30_000,
      alone: 10_000,
    });
  });

  it('counts a program of the log once, though it has an outcome too', () => {
    expect(costOf([program('i', 30_000, 60_000)])).toEqual(costOf([]));
  });
});
