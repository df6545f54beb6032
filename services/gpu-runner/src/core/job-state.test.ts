import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleOutcome } from '../testing/samples.ts';
import { advance, type Ending, isLive, type JobEvent, type JobState, whenGivenUp } from './job-state.ts';

function ending(end: Ending['end']): Ending {
  const { end: _, ...rest } = sampleOutcome();
  return { ...rest, end, suspect: null };
}

const FETCHING: JobState = { phase: 'fetching', attempt: 1 };
const RUNNING: JobState = { phase: 'running', attempt: 1 };

const through = (events: readonly JobEvent[], from: JobState = FETCHING) =>
  events.reduce((state, event) => advance(state, event).state, from);

function phasesOf(events: readonly JobEvent[]): string[] {
  let state = FETCHING;
  return events.map((event) => {
    state = advance(state, event).state;
    return state.phase;
  });
}

describe('the life of a job', () => {
  test('of a good program goes through every phase', () => {
    const events: JobEvent[] = [
      { type: 'fetched' },
      { type: 'prepared' },
      { type: 'started' },
      { type: 'ended', ending: ending('finished') },
      { type: 'collected', outcome: sampleOutcome() },
      { type: 'reported' },
      { type: 'cleared' },
    ];
    const phases = ['preparing', 'starting', 'running', 'collecting', 'reporting', 'clearing', 'over'];
    expect(phasesOf(events)).toEqual(phases);
  });

  test('of a program that fails ends in a report, of one that was lost in another attempt', () => {
    const failed = advance(RUNNING, { type: 'ended', ending: ending('out-of-memory') });
    expect(failed.state.phase).toBe('collecting');
    expect(advance(RUNNING, { type: 'ended', ending: ending('lost') }).state.phase).toBe('retrying');
  });

  test('begins anew with the next attempt, under its own number', () => {
    const state = through(
      [
        { type: 'ended', ending: ending('lost') },
        { type: 'next-attempt', attempt: 2 },
      ],
      RUNNING,
    );
    expect(state).toEqual({ phase: 'fetching', attempt: 2 });
  });

  test('that is given up is reported as lost', () => {
    const retrying: JobState = { phase: 'retrying', attempt: 3, cause: 'x' };
    const state = through([{ type: 'settled', ending: ending('lost') }], retrying);
    expect(state).toMatchObject({ phase: 'collecting', ending: { end: 'lost' } });
  });

  test('that is superseded is cleared without an outcome', () => {
    expect(advance(RUNNING, { type: 'superseded' }).state).toEqual({ phase: 'clearing', attempt: 1 });
  });

  test('that has no place here is given back and cleared', () => {
    const starting: JobState = { phase: 'starting', attempt: 1 };
    const states = through([{ type: 'unplaced', cause: 'the accelerator is taken' }], starting);
    expect(states).toEqual({ phase: 'giving-back', attempt: 1, cause: 'the accelerator is taken' });
    expect(through([{ type: 'given-back' }, { type: 'cleared' }], states).phase).toBe('over');
  });

  test('that was collected is never given back', () => {
    const collecting: JobState = { phase: 'collecting', attempt: 1, ending: ending('finished') };
    expect(advance(collecting, { type: 'unplaced', cause: 'drain' }).state).toBe(collecting);
  });
});

describe('whatever happens in which order', () => {
  const event = fc.constantFrom<JobEvent>(
    { type: 'fetched' },
    { type: 'prepared' },
    { type: 'settled', ending: ending('refused') },
    { type: 'started' },
    { type: 'ended', ending: ending('failed') },
    { type: 'ended', ending: ending('lost') },
    { type: 'next-attempt', attempt: 2 },
    { type: 'unplaced', cause: 'drain' },
    { type: 'given-back' },
    { type: 'collected', outcome: sampleOutcome() },
    { type: 'reported' },
    { type: 'cleared' },
    { type: 'superseded' },
    { type: 'leaving' },
    { type: 'given-up', outcome: sampleOutcome({ end: 'lost' }) },
    { type: 'abandoned' },
  );
  const lives = fc.array(event, { maxLength: 60 });

  function follow(events: readonly JobEvent[], see: (before: JobState, after: JobState) => void): void {
    let state = FETCHING;
    for (const next of events) {
      const step = advance(state, next);
      expect(step.reason).not.toBe('');
      see(state, step.state);
      state = step.state;
    }
  }

  test('an outcome is reported at most once, and a job is either reported or given back', () => {
    fc.assert(
      fc.property(lives, (events) => {
        const entered: string[] = [];
        const done: string[] = [];
        follow(events, (before, after) => {
          if (before.phase !== after.phase) entered.push(after.phase);
          if (before.phase === 'reporting' || before.phase === 'giving-back') {
            if (after.phase === 'clearing') done.push(before.phase);
          }
          if (before.phase === 'over' || before.phase === 'left') expect(after).toBe(before);
        });
        expect(entered.filter((phase) => phase === 'reporting').length).toBeLessThanOrEqual(1);
        expect(entered.filter((phase) => phase === 'giving-back').length).toBeLessThanOrEqual(1);
        expect(done.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('a job that the runner fails with is reported as lost, unless reporting is what fails or all is done', () => {
    fc.assert(
      fc.property(lives, (events) => {
        const state = through(events);
        if (!isLive(state)) return;
        const outcome = sampleOutcome({ end: 'lost', reason: 'the runner failed' });
        const after = advance(state, { type: 'given-up', outcome }).state;
        if (['starting', 'running', 'collecting', 'giving-back'].includes(state.phase)) {
          expect(whenGivenUp(state)).toBe('report');
          expect(after).toEqual({ phase: 'reporting', attempt: state.attempt, outcome });
        } else {
          expect(whenGivenUp(state)).not.toBe('report');
          expect(after).toBe(state);
        }
      }),
    );
  });

  test('a program runs only after code, data, environment and assets are there, in each attempt', () => {
    fc.assert(
      fc.property(lives, (events) => {
        let ready: string[] = [];
        follow(events, (before, after) => {
          if (before.phase === after.phase) return;
          if (after.phase === 'fetching') ready = [];
          if (after.phase === 'running') expect(ready).toEqual(['preparing', 'starting']);
          ready.push(after.phase);
        });
      }),
    );
  });

  test('the number of the attempt never falls', () => {
    fc.assert(
      fc.property(lives, (events) => {
        follow(events, (before, after) => expect(after.attempt).toBeGreaterThanOrEqual(before.attempt));
      }),
    );
  });
});
