import { createLogger } from '@modelwright/telemetry';
import { describe, expect, test } from 'vitest';
import { JobFolder } from '../adapters/disk/job-folder.ts';
import type { Found } from '../core/adoption.ts';
import type { LiveState } from '../core/job-state.ts';
import { sampleClaim, sampleJob, sampleOutcome } from '../testing/samples.ts';
import { giveUp } from './give-up.ts';

/** What giving a job up in this phase does, in order, and the event that comes of it. */
async function givingUp(state: LiveState, program: Found | 'unknown' = 'ended') {
  const did: string[] = [];
  const event = await giveUp(
    {
      job: sampleJob(),
      me: { runner: 'me', process: 'p1' },
      clock: () => 5,
      logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
      executor: {
        state: () => (program === 'unknown' ? Promise.reject(new Error('?')) : Promise.resolve(program)),
        stop: () => Promise.resolve(void did.push('program stopped')),
      },
      folder: new JobFolder('/nowhere'),
      claim: {
        update: (change) => Promise.resolve(did.push(`claim ${change(sampleClaim()).state}`) > 0),
      },
      seat: {
        deadLetter: (reason) => Promise.resolve(void did.push(`dead letter: ${reason}`)),
        ack: () => Promise.resolve(void did.push('acknowledged')),
      },
    },
    state,
    new Error('the disk is odd'),
  );
  return { did, event };
}

const RUNNING: LiveState = { phase: 'running', attempt: 2 };
const { end: _, ...rest } = sampleOutcome();
const COLLECTING: LiveState = {
  phase: 'collecting',
  attempt: 2,
  ending: { ...rest, end: 'finished', suspect: null },
};

describe('a job with which the runner itself fails', () => {
  test('ends with its program, a dead letter, and an outcome that says why', async () => {
    const { did, event } = await givingUp(RUNNING, 'running');
    const reason = 'the runner could not handle it (running): the disk is odd';
    expect(did).toEqual(['program stopped', `dead letter: ${reason}`]);
    const outcome = { end: 'lost', reason, attempt: 2, runner: 'me', job: sampleJob().id, output: null };
    expect(event).toMatchObject({ type: 'given-up', outcome });
  });

  test.each<LiveState>([
    { phase: 'starting', attempt: 2 },
    COLLECTING,
    { phase: 'giving-back', attempt: 2, cause: 'drain' },
  ])('is reported also where that was in $phase', async (state) => {
    expect((await givingUp(state)).event).toMatchObject({ type: 'given-up', outcome: { end: 'lost' } });
  });

  test('is reported though nobody can tell whether its program still runs', async () => {
    expect((await givingUp(RUNNING, 'unknown')).event.type).toBe('given-up');
  });

  test('is a dead letter and nothing else where the report is what fails', async () => {
    const { did, event } = await givingUp({ phase: 'reporting', attempt: 2, outcome: sampleOutcome() });
    const letter = 'dead letter: the runner could not handle it (reporting): the disk is odd';
    expect(did).toEqual([letter, 'claim closed', 'acknowledged']);
    expect(event).toEqual({ type: 'abandoned' });
  });

  test('is left alone where only the clearing fails: it may be in the queue again', async () => {
    expect(await givingUp({ phase: 'clearing', attempt: 2 })).toEqual({
      did: [],
      event: { type: 'abandoned' },
    });
  });

  test('is refused before its program was started', async () => {
    const { event } = await givingUp({ phase: 'fetching', attempt: 2 });
    expect(event).toMatchObject({ type: 'settled', ending: { end: 'refused' } });
  });
});
