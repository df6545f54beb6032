/** What the runners of a farm make of a queue together, in simulated time. */
import { type Job, type JobPriority, runId } from '@modelwright/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SimulatedFarm } from '../testing/farm/simulated-farm.ts';
import { sampleJob } from '../testing/samples.ts';

const RUNS = ['alpha-aaaaaa-01', 'beta-bbbbbb-02', 'gamma-cccccc-03'].map((name) => runId.parse(name));
const SECOND = 1000;
const HOUR = 3600 * SECOND;

function gpuJob(id: string, run: number, count: number, priority: JobPriority = 'normal'): Job {
  const accelerators = { count, memoryBytes: null, shared: false };
  return sampleJob({ id, run: RUNS[run] ?? sampleJob().run, class: 'gpu', priority, accelerators });
}

/** A host that is never out of small jobs, sent by run 0. */
function flooding(farm: SimulatedFarm, priority: JobPriority = 'normal'): () => void {
  let sent = 0;
  return () => {
    while (farm.open < 40) {
      sent += 1;
      farm.send({ job: gpuJob(`small-${sent}`, 0, 1, priority), runsForMs: (10 + (sent % 7)) * SECOND });
    }
  };
}

const startOf = (farm: SimulatedFarm, job: string) => farm.starts.find((one) => one.job === job);

test('a job that wants every GPU of a host starts, however many small ones keep coming', async () => {
  const farm = await SimulatedFarm.of([8]);
  const flood = flooding(farm);
  await farm.runFor(60 * SECOND, flood);
  farm.send({ job: gpuJob('large', 1, 8), runsForMs: 30 * SECOND });
  await farm.runFor(120 * SECOND, flood);
  const large = startOf(farm, 'large');
  expect(large?.uuids).toHaveLength(8);
  // It is seen when one GPU comes free, and waits for the longest of those that run then.
  expect((large?.at ?? Number.POSITIVE_INFINITY) - 60 * SECOND).toBeLessThan(30 * SECOND);
});

test('so it does where the small ones are more urgent, and of the same run', async () => {
  const farm = await SimulatedFarm.of([8]);
  const flood = flooding(farm, 'high');
  await farm.runFor(60 * SECOND, flood);
  farm.send({ job: gpuJob('large', 0, 8), runsForMs: 30 * SECOND });
  await farm.runFor(120 * SECOND, flood);
  expect(startOf(farm, 'large')?.uuids).toHaveLength(8);
});

test('so it does on a farm where every host believes that another one has room', async () => {
  const farm = await SimulatedFarm.of([8, 8, 8]);
  const flood = flooding(farm);
  await farm.runFor(60 * SECOND, flood);
  for (const n of [1, 2, 3]) farm.send({ job: gpuJob(`large-${n}`, 1, 8), runsForMs: 30 * SECOND });
  await farm.runFor(240 * SECOND, flood);
  for (const n of [1, 2, 3]) expect(startOf(farm, `large-${n}`)?.uuids).toHaveLength(8);
});

test('a job that wants more GPUs than are not in quarantine keeps nobody else waiting', async () => {
  const farm = await SimulatedFarm.of([4]);
  await farm.runFor(SECOND);
  await farm.breakOne();
  farm.send({ job: gpuJob('all', 1, 4), runsForMs: SECOND });
  await farm.runFor(SECOND);
  for (let n = 0; n < 9; n++) farm.send({ job: gpuJob(`small-${n}`, 0, 1), runsForMs: 5 * SECOND });
  await farm.runFor(30 * SECOND);
  expect(farm.starts).toHaveLength(9);
  expect(startOf(farm, 'all')).toBeUndefined();
});

test('a low job starts though normal ones keep coming', async () => {
  const farm = await SimulatedFarm.of([2]);
  const flood = flooding(farm);
  farm.send({ job: gpuJob('patient', 1, 1, 'low'), runsForMs: SECOND });
  await farm.runFor(300 * SECOND, flood);
  expect(startOf(farm, 'patient')).toBeDefined();
});

test('a run with one job does not wait for the backlog of another', async () => {
  const farm = await SimulatedFarm.of([2]);
  for (let n = 0; n < 50; n++) farm.send({ job: gpuJob(`greedy-${n}`, 0, 1), runsForMs: 60 * SECOND });
  farm.send({ job: gpuJob('modest', 1, 1), runsForMs: 60 * SECOND });
  await farm.runFor(5 * SECOND);
  const before = farm.starts.findIndex((one) => one.job === 'modest');
  expect(before).toBeGreaterThanOrEqual(0);
  expect(before).toBeLessThanOrEqual(1);
});

test('nor where that backlog takes seconds to look through', async () => {
  const farm = await SimulatedFarm.of([2]);
  for (let n = 0; n < 200; n++) farm.send({ job: gpuJob(`greedy-${n}`, 0, 1), runsForMs: 60 * SECOND });
  farm.send({ job: gpuJob('modest', 1, 1), runsForMs: 60 * SECOND });
  await farm.runFor(5 * SECOND);
  expect(farm.starts.map((one) => one.job)).toEqual(['greedy-0', 'modest']);
});

test('no GPU stands idle for long for a job that is too far away to be found', async () => {
  const farm = await SimulatedFarm.of([2]);
  for (let n = 0; n < 1200; n++) farm.send({ job: gpuJob(`greedy-${n}`, 0, 1), runsForMs: 60 * SECOND });
  farm.send({ job: gpuJob('modest', 1, 1), runsForMs: 60 * SECOND });
  await farm.runFor(5.5 * SECOND);
  expect(farm.starts).toHaveLength(2);
});

test('two runs with as many jobs have as many accelerators all the while', async () => {
  const farm = await SimulatedFarm.of([4, 4]);
  for (const run of [0, 1]) {
    for (let n = 0; n < 60; n++) farm.send({ job: gpuJob(`${run}-${n}`, run, 1), runsForMs: 20 * SECOND });
  }
  await farm.runFor(100 * SECOND);
  const [first, second] = [0, 1].map(
    (run) => farm.starts.filter((one) => one.job.startsWith(`${run}-`)).length,
  );
  expect(Math.abs((first ?? 0) - (second ?? 0))).toBeLessThanOrEqual(8);
});

test('a job that is first in line goes to a host that has room and nothing to do', async () => {
  const farm = await SimulatedFarm.of([4, 4]);
  // Both hosts are full; one comes free long before the other.
  for (const n of [0, 1])
    farm.send({ job: gpuJob(`long-${n}`, 0, 4), runsForMs: n === 0 ? HOUR : 20 * SECOND });
  await farm.runFor(SECOND);
  farm.send({ job: gpuJob('waits', 1, 4), runsForMs: SECOND });
  await farm.runFor(60 * SECOND);
  expect(startOf(farm, 'waits')?.at).toBeLessThan(40 * SECOND);
});

test('jobs on processors start though accelerators are flooded, and the other way round', async () => {
  const farm = await SimulatedFarm.of([2], 1);
  const flood = flooding(farm);
  await farm.runFor(30 * SECOND, flood);
  for (let n = 0; n < 5; n++) farm.send({ job: sampleJob({ id: `cpu-${n}` }), runsForMs: SECOND });
  await farm.runFor(30 * SECOND, flood);
  expect(farm.starts.filter((one) => one.job.startsWith('cpu-'))).toHaveLength(5);
  expect(
    farm.starts.filter((one) => one.at > 40 * SECOND && one.job.startsWith('small')).length,
  ).toBeGreaterThan(0);
});

test('whatever is asked of a farm, every job that fits is started once, and no accelerator is held twice', async () => {
  const order = fc.record({
    run: fc.nat({ max: 2 }),
    count: fc.integer({ min: 1, max: 8 }),
    priority: fc.constantFrom<JobPriority>('high', 'normal', 'low'),
    runsForMs: fc.integer({ min: 1, max: 60 }).map((seconds) => seconds * SECOND),
    after: fc.nat({ max: 20 }),
  });
  const hosts = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(hosts, fc.array(order, { maxLength: 25 }), async (gpus, orders) => {
      const farm = await SimulatedFarm.of(gpus);
      for (const [n, { run, count, priority, runsForMs, after }] of orders.entries()) {
        await farm.runFor(after * 250);
        const fitting = Math.min(count, Math.max(...gpus));
        farm.send({ job: gpuJob(`job-${n}`, run, fitting, priority), runsForMs });
      }
      // All of them one after the other, with the longest pauses between.
      await farm.runFor(orders.reduce((sum, one) => sum + one.runsForMs + 15 * SECOND, 0));
      expect(farm.open).toBe(0);
      expect(farm.starts).toHaveLength(orders.length);
      const runs = new Map(orders.map((one, n) => [`job-${n}`, one.runsForMs]));
      for (const [, starts] of Map.groupBy(
        farm.starts.flatMap((one) => one.uuids.map((uuid) => ({ uuid, ...one }))),
        (one) => one.uuid,
      )) {
        for (const [n, { at }] of starts.slice(1).entries()) {
          const before = starts[n];
          expect(at).toBeGreaterThanOrEqual((before?.at ?? 0) + (runs.get(before?.job ?? '') ?? 0));
        }
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);
