/**
 * Every process of a farm is killed at seeded random moments of a run and started again. The run must do the same work as
 * one that nobody disturbed: the same jobs, each finished once, the same chosen candidate.
 */

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bus } from '@modelwright/bus';
import { type JobOutcome, logReported, runTelemetryFilter } from '@modelwright/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Laptop, PROJECT } from './support/modelwright.ts';
import { draws } from './support/random.ts';
import { endOf, eventsOf, outcomesOf, withoutRun } from './support/run-records.ts';

const TASK = join(PROJECT, 'examples', 'breast-cancer');
const BUDGET = ['--candidates', '3', '--trials', '2', '--budget-minutes', '20', '--seed', '11'];
const VICTIMS = ['manager', 'coder', 'tuner', 'gpu-runner', 'nats-server'] as const;
type Victim = (typeof VICTIMS)[number];
/** Five moments each: one of every kind of process. */
const DISTURBED_RUNS = 4;
const SEED = Number(process.env['MODELWRIGHT_CRASH_SEED'] ?? 4711);
const PATIENCE_MS = 6 * 60_000;

interface Work {
  readonly jobs: string[];
  readonly winner: string | undefined;
  readonly seconds: number;
}

describe('a farm whose processes are killed', () => {
  let laptop: Laptop;
  let calm: Work;

  beforeAll(async () => {
    laptop = await Laptop.open({ MODELWRIGHT_ACK_WAIT_SECONDS: '4' });
    await laptop.must('up');
    const run = await submit(laptop);
    calm = await workOf(laptop, run);
  }, PATIENCE_MS);
  afterAll(() => laptop[Symbol.asyncDispose]());

  for (let n = 1; n <= DISTURBED_RUNS; n += 1) {
    it(`does the same work as an undisturbed one, five moments of seed ${SEED + n}`, async () => {
      const random = draws(SEED + n);
      const run = await submit(laptop);
      for (const victim of random.shuffle(VICTIMS)) {
        await sleep((calm.seconds * 1000 * random.next()) / 4);
        await kill(laptop, victim);
        await laptop.must('up');
      }
      const disturbed = await workOf(laptop, run);
      expect(disturbed.jobs).toEqual(calm.jobs);
      expect(disturbed.winner).toBe(calm.winner);
    });
  }

  it('adopts a training that was running when its runner was killed, and does not start it again', async () => {
    const run = await submit(laptop);
    const job = await trainingInProgress(laptop, run);
    const killedAt = Date.now();
    await kill(laptop, 'gpu-runner');
    await laptop.must('up');
    await workOf(laptop, run);
    const outcome = (await withBus(laptop, (bus) => outcomesOf(bus, run))).find((one) => one.job === job);
    expect(outcome).toMatchObject({ end: 'finished', attempt: 1 });
    expect(outcome?.startedAt).toBeLessThan(killedAt);
    expect(outcome?.endedAt).toBeGreaterThan(killedAt);
  });
});

async function submit(laptop: Laptop): Promise<string> {
  return (await laptop.must('run', TASK, ...BUDGET, '--detach')).trim();
}

async function kill(laptop: Laptop, victim: Victim): Promise<void> {
  const { server, services } = await laptop.processes();
  const pid =
    victim === 'nats-server' ? server?.pid : services.find(({ service }) => service === victim)?.pid;
  if (pid === undefined) throw new Error(`there is no ${victim} to kill`);
  process.kill(pid, 'SIGKILL');
}

/** Waits for the run's end and looks at what was done. Every job must have finished: RESULTS holds one outcome a job. */
async function workOf(laptop: Laptop, run: string): Promise<Work> {
  return await withBus(laptop, async (bus) => {
    const end = await endOf(bus, run, AbortSignal.timeout(PATIENCE_MS));
    expect(end).toMatchObject({ outcome: 'finished' });
    const outcomes: JobOutcome[] = await outcomesOf(bus, run);
    expect(outcomes.filter(({ end: how }) => how !== 'finished')).toEqual([]);
    const events = await eventsOf(bus, run);
    const started = events.find((event) => event.type === 'run-started');
    const sealed = events.find((event) => event.type === 'winner-sealed');
    return {
      jobs: withoutRun(
        run,
        outcomes.map(({ job }) => job),
      ),
      winner: sealed?.candidate,
      seconds: (end.at - (started?.at ?? end.at)) / 1000,
    };
  });
}

/** A training whose program runs: it has said its first words. */
async function trainingInProgress(laptop: Laptop, run: string): Promise<string> {
  return await withBus(laptop, async (bus) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const said = bus.streams.follow('TELEMETRY', runTelemetryFilter(run), logReported, { signal });
    for await (const { body } of said) if (body.job.includes('_tune_')) return body.job;
    throw new Error('no training said anything in time');
  });
}

async function withBus<Result>(laptop: Laptop, work: (bus: Bus) => Promise<Result>): Promise<Result> {
  const bus = await laptop.bus();
  try {
    return await work(bus);
  } finally {
    await bus.close();
  }
}
