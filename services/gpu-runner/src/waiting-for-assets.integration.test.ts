/** A job whose preparation takes long, here because a server does not answer, and which is not wanted any more. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import {
  type Claim,
  claim,
  type Job,
  jobControl,
  jobControlKey,
  runnerControl,
  runnerControlKey,
} from '@modelwright/contracts';
import { natsServersUnderTest } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunnerBench, runnerBench } from './testing/runner-bench.ts';

const newest = natsServersUnderTest().at(-1);

describe.skipIf(newest?.server === null)('a job that waits for an asset', () => {
  let bench: RunnerBench;
  let slow: Server;
  let url: string;

  beforeAll(async () => {
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    bench = await runnerBench(newest.server);
    slow = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const address = slow.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    url = `http://127.0.0.1:${address.port}`;
    await bench.runner('one', { RUNNER_ASSETS_ALLOW: `url:http://127.0.0.1:${address.port}/*` });
  });
  afterAll(async () => {
    slow.closeAllConnections();
    slow.close();
    await bench?.[Symbol.asyncDispose]();
  });

  /** @param digit Makes the asset another one: what is under way already is not asked for again. */
  async function waiting(digit: string): Promise<Job> {
    const source = { kind: 'url', url: `${url}/weights-${digit}`, sha256: digit.repeat(64) } as const;
    const asked = once(slow, 'request');
    const job = await bench.submit('print("never")', { assets: [{ name: 'weights', source }] });
    await asked;
    return job;
  }

  test('is cancelled at once', async () => {
    const job = await waiting('1');
    const wish = { job: job.id, desired: 'cancelled', reason: 'the run has ended' } as const;
    await bench.bus.records('control', jobControl).put(jobControlKey(job.id), wish);
    expect(await bench.outcome(job)).toMatchObject({ end: 'cancelled', reason: 'the run has ended' });
  });

  test('is handed over at once', async () => {
    const job = await waiting('2');
    const control = bench.bus.records('control', runnerControl);
    const wish = { runner: 'one', desired: 'hand-over', reason: 'maintenance' } as const;
    await control.put(runnerControlKey('one'), wish);
    expect(await released(job)).toMatchObject({ state: 'released', attempt: 1 });
  });

  /** The claim once it was given back. */
  async function released(job: Job): Promise<Claim | null> {
    const over = new AbortController();
    for await (const change of bench.bus.records('claims', claim).watch(job.id, over.signal)) {
      if (change.value?.state === 'released') {
        over.abort();
        return change.value;
      }
    }
    return null;
  }
});
