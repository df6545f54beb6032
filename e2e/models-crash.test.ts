/**
 * Every service that asks models is killed ten times over, at seeded turns: before an answer, while it is written down, while
 * its tools are at work. What was answered and written down is never asked again, what was lost is charged its ceiling, and
 * every tool takes effect once.
 */
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunEvent } from '@modelwright/contracts';
import { describe, expect, it } from 'vitest';
import { bareTask } from './support/bare-task.ts';
import { EngineerAtWork, type Visit } from './support/engineer-at-work.ts';
import { KEY, KEY_VARIABLE, writeModelsFile } from './support/models-file.ts';
import { Laptop } from './support/modelwright.ts';
import { Reaper } from './support/reaper.ts';
import { endOf, eventsOf, outcomesOf, spentBy } from './support/run-records.ts';
import { chargeOf, repliesOf, type Transcript, transcriptsOf } from './support/transcripts.ts';

const BUDGET = ['--candidates', '4', '--trials', '1', '--budget-minutes', '20', '--budget-usd', '50'];
const SEED = Number(process.env['MODELWRIGHT_CRASH_SEED'] ?? 815);
const KILLS = Number(process.env['MODELWRIGHT_CRASH_KILLS'] ?? 10);
const MOST_RUNS = 6;
const PATIENCE_MS = 8 * 60_000;

interface Played {
  readonly visits: readonly Visit[];
  readonly events: readonly RunEvent[];
  readonly transcripts: readonly Transcript[];
  readonly attempts: readonly number[];
  /** Candidates' repositories. */
  readonly repositories: string;
}

describe(`agents whose services are killed, seed ${SEED}`, () => {
  it('end their runs, pay no recorded answer twice and take every effect once', async () => {
    await using laptop = await Laptop.open({ [KEY_VARIABLE]: KEY, MODELWRIGHT_ACK_WAIT_SECONDS: '4' });
    const reaper = new Reaper(laptop, KILLS, SEED);
    await using engineer = await EngineerAtWork.start(reaper);
    await writeModelsFile(laptop.folder, [{ name: 'engineer', url: engineer.url, api: 'chat' }]);
    const folder = await bareTask(laptop.folder, 'breast-cancer');
    for (let n = 0; n < MOST_RUNS && reaper.spared.length > 0; n += 1) {
      const before = engineer.visits.length;
      const played = await play(laptop, folder, SEED + n);
      await reaper.restarted();
      const visits = engineer.visits.slice(before);
      nothingIsPaidTwice(visits, played.transcripts);
      nothingIsLostFromTheBooks(visits, played);
      whatWasLostIsChargedInFull(played.transcripts);
      expect(new Set(played.attempts)).toEqual(new Set([1]));
      for (const subjects of await historiesIn(played.repositories))
        expect(new Set(subjects).size).toBe(subjects.length);
    }
    expect(reaper.spared).toEqual([]);
  });
});

async function play(laptop: Laptop, folder: string, seed: number): Promise<Omit<Played, 'visits'>> {
  const run = (await laptop.must('run', folder, ...BUDGET, '--seed', String(seed), '--detach')).trim();
  const bus = await laptop.bus();
  try {
    const end = await endOf(bus, run, AbortSignal.timeout(PATIENCE_MS));
    expect(end).toMatchObject({ outcome: 'finished' });
    const results = join(laptop.folder, 'results', run);
    await laptop.must('results', run, '--out', results);
    return {
      events: await eventsOf(bus, run),
      transcripts: await transcriptsOf(bus, run),
      attempts: (await outcomesOf(bus, run)).map(({ attempt }) => attempt),
      repositories: join(results, 'candidates'),
    };
  } finally {
    await bus.close();
  }
}

/** A turn has one reply, and nobody comes back with a question whose answer was written down. */
function nothingIsPaidTwice(visits: readonly Visit[], transcripts: readonly Transcript[]): void {
  const recorded = new Set(transcripts.flatMap(repliesOf).flatMap(({ calls }) => calls.map(({ id }) => id)));
  for (const transcript of transcripts) {
    const turns = repliesOf(transcript).map(({ turn }) => turn);
    expect(turns, transcript.assignment).toEqual(turns.map((_, index) => index + 1));
  }
  for (const same of Map.groupBy(visits, ({ question }) => question).values()) {
    const settled = same.findIndex(({ calls }) => calls.some((id) => recorded.has(id)));
    expect(same.length, `of ${same[0]?.role}`).toBe(settled + 1);
  }
}

/** What was asked for and got no answer costs the most that the answer could have cost. */
function whatWasLostIsChargedInFull(transcripts: readonly Transcript[]): void {
  for (const { assignment, records } of transcripts) {
    for (const [place, record] of records.entries()) {
      if (record.type !== 'unanswered') continue;
      const intent = records.slice(0, place).findLast(({ type }) => type === 'intent');
      expect(intent, assignment).toMatchObject({ turn: record.turn, ceilingMicroUsd: record.microUsd });
    }
  }
}

/** What the run was charged is what its transcripts come to, and never less than the provider's bill. */
function nothingIsLostFromTheBooks(
  visits: readonly Visit[],
  { events, transcripts }: Omit<Played, 'visits'>,
): void {
  const bill = visits.reduce((sum, { price }) => sum + (price ?? 0), 0);
  const charges = new Map(transcripts.map((one) => [one.assignment, chargeOf(one)]));
  for (const [assignment, microUsd] of spentBy(events)) expect(microUsd).toBe(charges.get(assignment) ?? 0);
  const charged = [...charges.values()].reduce((sum, one) => sum + one, 0);
  expect(charged).toBeGreaterThanOrEqual(bill);
  expect(charged).toBeLessThanOrEqual(50_000_000);
}

/** Of each candidate's repository what its commits say: each step of its maker is one. */
async function historiesIn(folder: string): Promise<string[][]> {
  const names = await readdir(folder);
  return await Promise.all(
    names.map(async (name) => {
      const words = ['-C', join(folder, name), 'log', '--format=%s'];
      return (await promisify(execFile)('git', words)).stdout.trim().split('\n');
    }),
  );
}
