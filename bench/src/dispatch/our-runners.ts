/**
 * Runners without programs: each message on the bus that a real one takes a job with, in its order.
 *
 * take; look for an outcome, a wish, a claim; claim; confirm the claim; outcome under the condition that there is none;
 * tell the run; close the claim; acknowledge, confirmed by the server.
 */
import type { Bus, Delivery } from '@modelwright/bus';
import {
  type Claim,
  claim,
  controlRecord,
  type Job,
  type JobOutcome,
  job,
  jobControlKey,
  jobOutcome,
  jobOutcomeSubject,
  runControlKey,
} from '@modelwright/contracts';
import type { Arena } from '../bus/arena.ts';
import { aJob, aNotification, JOBS_CONSUMER } from '../bus/messages.ts';
import type { Crew, Dispatcher } from './dispatcher.ts';

const WAIT_MS = 1000;

export const ourRunners = (arena: Arena): Dispatcher => ({
  name: 'ours',
  async open(workers): Promise<Crew> {
    const over = new AbortController();
    let told: () => void = () => undefined;
    const buses = await Promise.all(Array.from({ length: workers }, () => arena.connect()));
    const loops = buses.map((bus, n) => work(bus, `runner-${n}`, over.signal, () => told()));
    return {
      submit: async () => void (await arena.bus.streams.publish(aJob(arena.newId()))),
      onDone: (listener) => {
        told = listener;
      },
      async [Symbol.asyncDispose]() {
        over.abort();
        await Promise.all(loops);
        await Promise.all(buses.map((bus) => bus.close()));
      },
    };
  },
});

async function work(bus: Bus, runner: string, over: AbortSignal, done: () => void): Promise<void> {
  while (!over.aborted) {
    const delivery = await bus.streams.take(JOBS_CONSUMER, job, WAIT_MS, over);
    if (delivery === null) continue;
    await live(bus, runner, delivery);
    done();
  }
}

async function live(bus: Bus, runner: string, delivery: Delivery<Job>): Promise<void> {
  const { id, run } = delivery.body;
  const claims = bus.records('claims', claim);
  const control = bus.records('control', controlRecord);
  const results = jobOutcomeSubject(run, id);
  await Promise.all([
    bus.streams.last('RESULTS', results, jobOutcome),
    control.get(runControlKey(run)),
    control.get(jobControlKey(id)),
    claims.get(id),
  ]);
  const held = claimOf(id, runner);
  const taken = certain(await claims.create(id, held));
  const confirmed = certain(await claims.update(id, held, taken));
  await bus.streams.append({
    definition: jobOutcome,
    subject: results,
    body: outcomeOf(id, runner),
    messageId: `done:${id}`,
    run,
    expectedLast: 0,
  });
  await bus.streams.publish(aNotification(`job-finished:${id}`));
  certain(await claims.update(id, { ...held, state: 'closed' }, confirmed));
  if (!(await delivery.ack())) throw new Error('a job was delivered to somebody else meanwhile');
}

function certain(revision: number | null): number {
  if (revision === null) throw new Error('a claim was lost where nobody else wants it');
  return revision;
}

const claimOf = (id: string, runner: string): Claim => ({
  job: id,
  run: aJob(id).run,
  attempt: 1,
  runner,
  process: runner,
  state: 'held',
  claimedAt: 0,
  checkpoint: null,
  attemptsWithoutProgress: 1,
});

export const outcomeOf = (id: string, runner: string): JobOutcome => ({
  job: id,
  run: aJob(id).run,
  attempt: 1,
  end: 'finished',
  reason: 'it ended with exit code 0',
  exitCode: 0,
  signal: null,
  runner,
  startedAt: 0,
  endedAt: 1,
  wallSeconds: 0,
  cpuSeconds: 0,
  maxRssBytes: 0,
  isolation: { level: 'contained', notes: [] },
  output: null,
  stdoutTail: '',
  stderrTail: '',
  ...{ exhausted: null, stopRule: null, use: null, assets: [], environment: null },
});
