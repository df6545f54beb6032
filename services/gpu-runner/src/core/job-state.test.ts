import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleOutcome } from '../testing/samples.ts';
import { advance, type Ending, type JobEvent, type JobState } from './job-state.ts';

function ending(end: Ending['end']): Ending {
  const { end: _, ...rest } = sampleOutcome();
  return { ...rest, end };
}

const through = (events: JobEvent[], from: JobState = { phase: 'preparing', attempt: 1 }) =>
  events.reduce((state, event) => advance(state, event).state, from);

test('a good program goes through every phase', () => {
  const phases: string[] = [];
  let state: JobState = { phase: 'preparing', attempt: 1 };
  const events: JobEvent[] = [
    { type: 'prepared' },
    { type: 'started' },
    { type: 'ended', ending: ending('finished') },
    { type: 'collected', outcome: sampleOutcome() },
    { type: 'reported' },
    { type: 'cleared' },
  ];
  for (const event of events) {
    state = advance(state, event).state;
    phases.push(state.phase);
  }
  expect(phases).toEqual(['starting', 'running', 'collecting', 'reporting', 'clearing', 'over']);
});

test('a program that fails is reported, one that was lost is tried again', () => {
  const running: JobState = { phase: 'running', attempt: 1 };
  expect(advance(running, { type: 'ended', ending: ending('out-of-memory') }).state.phase).toBe('collecting');
  expect(advance(running, { type: 'ended', ending: ending('lost') }).state.phase).toBe('retrying');
});

test('the next attempt starts from the beginning, under its own number', () => {
  const state = through(
    [
      { type: 'ended', ending: ending('lost') },
      { type: 'next-attempt', attempt: 2 },
    ],
    {
      phase: 'running',
      attempt: 1,
    },
  );
  expect(state).toEqual({ phase: 'preparing', attempt: 2 });
});

test('a job that is given up is reported as lost', () => {
  const state = through([{ type: 'settled', ending: ending('lost') }], {
    phase: 'retrying',
    attempt: 3,
    cause: 'x',
  });
  expect(state).toMatchObject({ phase: 'collecting', ending: { end: 'lost' } });
});

test('a superseded job is cleared without an outcome', () => {
  expect(advance({ phase: 'running', attempt: 1 }, { type: 'superseded' }).state).toEqual({
    phase: 'clearing',
    attempt: 1,
  });
});

test('an outcome is reported at most once, whatever happens in which order', () => {
  const event = fc.constantFrom<JobEvent>(
    { type: 'prepared' },
    { type: 'settled', ending: ending('refused') },
    { type: 'started' },
    { type: 'ended', ending: ending('failed') },
    { type: 'ended', ending: ending('lost') },
    { type: 'next-attempt', attempt: 2 },
    { type: 'collected', outcome: sampleOutcome() },
    { type: 'reported' },
    { type: 'cleared' },
    { type: 'superseded' },
    { type: 'leaving' },
    { type: 'abandoned' },
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      let state: JobState = { phase: 'preparing', attempt: 1 };
      let reports = 0;
      for (const next of events) {
        const before = state.phase;
        const step = advance(state, next);
        expect(step.reason).not.toBe('');
        if (before !== 'reporting' && step.state.phase === 'reporting') reports += 1;
        if (before === 'over' || before === 'left') expect(step.state).toBe(state);
        state = step.state;
      }
      expect(reports).toBeLessThanOrEqual(1);
    }),
  );
});
