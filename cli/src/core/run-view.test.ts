import { runEvent } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import {
  best,
  delivery,
  ended,
  implemented,
  jobClosed,
  logOf,
  planned,
  RUN,
  recordOf,
  START,
  scored,
  started,
  trainedAs,
} from './run-log.fixture.ts';
import { foldEntry, NEW_VIEW, viewOf } from './run-view.ts';

const WHOLE = [
  started,
  planned('c0', 'floor'),
  implemented('c0', 'floor'),
  trainedAs('c0', 'floor'),
  scored('c0', 0.94),
  best('c0', 0.94),
  planned('c1', 'forest'),
  scored('c1', 0.975),
  best('c1', 0.975, false),
  ...delivery,
  ended('finished'),
];

describe('the view of a run', () => {
  it('says of a second winner nothing that was found of the first', () => {
    const sealed = runEvent.parse({
      type: 'winner-sealed',
      candidate: 'c0',
      reason: 'the best of those left',
    });
    expect(viewOf(logOf([started, ...delivery, sealed])).delivery).toEqual({
      winner: { candidate: 'c0', reason: 'the best of those left' },
      holdout: { kind: 'unavailable', reason: 'it was opened for c1, which could not be proved' },
      model: null,
      deliverable: null,
      verified: null,
    });
  });

  it('follows a run from its start to its end', () => {
    const view = viewOf(logOf(WHOLE));
    expect(view).toMatchObject({
      phase: 'finished',
      startedAt: START,
      best: { candidate: 'c1' },
      delivery: { winner: { candidate: 'c1' }, model: { refitted: true }, verified: { agree: true } },
      end: { outcome: 'finished' },
    });
    expect(view.candidates.map((candidate) => [candidate.id, candidate.state])).toEqual([
      ['c0', 'scored'],
      ['c1', 'scored'],
    ]);
  });

  it('skips a record whose writer had not seen everything', () => {
    const log = logOf(WHOLE.slice(0, 3));
    const foreign = { sequence: 90, body: recordOf([ended('failed')], 5) };
    expect(viewOf([...log, foreign])).toEqual(viewOf(log));
  });

  it('goes on after a skipped record', () => {
    const log = logOf(WHOLE);
    const foreign = { sequence: 12, body: recordOf([ended('failed')], 0) };
    expect(viewOf([...log.slice(0, 3), foreign, ...log.slice(3)])).toEqual(viewOf(log));
  });

  it('keeps the last submission when the new best has none', () => {
    expect(viewOf(logOf(WHOLE)).best?.submission).not.toBeNull();
  });

  it('shows an agent at work, then the jobs it waits for, then nothing', () => {
    const assignment = `${RUN}_c1_tuner-tune_1`;
    const open = viewOf(
      logOf([
        started,
        { type: 'assignment-opened', assignment, role: 'tuner', action: 'tune', candidate: 'c1', at: START },
        {
          type: 'assignment-stopped',
          assignment,
          stop: 1,
          condition: { jobs: ['job-a', 'job-b'], until: null },
        },
        jobClosed('job-a', 'finished', 'contained'),
      ]),
    );
    expect(open.work.open).toEqual([
      { id: assignment, candidate: 'c1', what: 'tuner tune', since: START, waitsFor: ['job-b'] },
    ]);
    const closed = foldEntry(open, {
      sequence: 99,
      body: recordOf(
        [
          {
            type: 'assignment-closed',
            assignment,
            spent: { turns: 1, microUsd: 0, byModel: {} },
            failure: null,
          },
        ],
        open.last,
      ),
    });
    expect(closed.work.open).toEqual([]);
  });

  it('counts how programs were held in and how they ended', () => {
    const view = viewOf(
      logOf([started, jobClosed('a', 'finished', 'contained'), jobClosed('b', 'failed', 'none')]),
    );
    expect(view.work.isolation).toEqual({ contained: 1, partial: 0, none: 1 });
    expect(view.work.ends).toEqual({ finished: 1, failed: 1 });
  });

  it('is new before the first record', () => {
    expect(viewOf([])).toBe(NEW_VIEW);
  });
});
