/**
 * A training of a minute whose runner is killed, and one whose bus is away for a minute and a half: it is not started
 * again, its curve and its output have neither gap nor repeat, and there is one result.
 *
 * MODELWRIGHT_TEST_MINUTE shortens all of it for a look in between: seconds that a minute takes.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Job,
  type JobOutcome,
  jobOutcome,
  jobOutcomeSubject,
  metricsReported,
  telemetrySubject,
  worker,
  workerKey,
} from '@modelwright/contracts';
import { natsServersUnderTest } from '@modelwright/testing';
import { describe, expect, type TestContext, test } from 'vitest';
import { type ExecutorChoice, executorChoices } from './testing/executor-choices.ts';
import { ended, type RunnerBench, runnerBench } from './testing/runner-bench.ts';
import { sampleJob } from './testing/samples.ts';
import { linesTold, metricsTold } from './testing/telemetry-of.ts';

const MINUTE_SECONDS = Number(process.env['MODELWRIGHT_TEST_MINUTE'] ?? 60);
const EVERY_SECONDS = 0.1;
const STEPS = Math.round(MINUTE_SECONDS / EVERY_SECONDS);
const AWAY_MS = 1.5 * MINUTE_SECONDS * 1000;
const PATIENCE_MS = 5 * 60_000;

/** Notes each start of itself, then reports a value and says a line at every step. */
const TRAINING = `
import json, os, time
out = os.environ["MW_OUT"]
with open(out + "/starts", "a") as file: file.write(f"{time.time()}\\n")
begin = time.time()
for step in range(${STEPS}):
    time.sleep(max(0, begin + ${EVERY_SECONDS} * (step + 1) - time.time()))
    value = float("nan") if step % 50 == 7 else 1 / (step + 1)
    with open(out + "/metrics.jsonl", "a") as file:
        file.write(json.dumps({"step": step, "name": "loss", "value": value, "time": time.time()}) + "\\n")
    print("step", step, flush=True)
`;

const newest = natsServersUnderTest().at(-1);
const choices = await executorChoices();

describe.skipIf(newest?.server === null)('a long training', () => {
  test.concurrent.for(choices)(
    'survives the killing of its runner, twice, on $name',
    { timeout: PATIENCE_MS },
    async (choice, context) => {
      await using bench = await benchFor(context);
      const variables = variablesOf(choice, context);
      const training = await begun(bench, variables);
      for (const share of [0.25, 0.6]) {
        await reported(bench, training.job, Math.round(share * STEPS));
        await ended(training.runner, 'SIGKILL');
        // What it does in the meantime must not be lost: it goes on for a while without anybody.
        await delay(MINUTE_SECONDS * 50);
        training.runner = await bench.spawn('one', variables);
      }
      await expectOneWholeResult(bench, training.job, choice);
    },
  );

  test.concurrent.for(choices)(
    'survives that the bus is away for a minute and a half, on $name',
    { timeout: PATIENCE_MS },
    async (choice, context) => {
      await using bench = await benchFor(context);
      const training = await begun(bench, variablesOf(choice, context));
      await reported(bench, training.job, Math.round(0.2 * STEPS));
      await bench.server.kill();
      await delay(AWAY_MS); // the absence itself, which is what is tested
      await bench.server.restart();
      await expectOneWholeResult(bench, training.job, choice);
    },
  );
});

function benchFor(context: TestContext): Promise<RunnerBench> {
  if (newest === undefined || newest.server === null) return context.skip('no nats-server');
  return runnerBench(newest.server);
}

function variablesOf({ variables, missing }: ExecutorChoice, context: TestContext): Record<string, string> {
  return variables === null ? context.skip(missing) : { ...variables };
}

async function begun(bench: RunnerBench, variables: Record<string, string>) {
  const runner = await bench.spawn('one', variables);
  const limits = { ...sampleJob().limits, wallSeconds: 4 * MINUTE_SECONDS, stallSeconds: 4 * MINUTE_SECONDS };
  return { runner, job: await bench.submit(TRAINING, { limits }) };
}

/** Resolves when the value of this step has reached the bus. */
async function reported(bench: RunnerBench, of: Job, step: number): Promise<void> {
  const over = new AbortController();
  const subject = telemetrySubject(of.run, of.id, 1, 'metric');
  const { signal } = over;
  for await (const { body } of bench.bus.streams.follow('TELEMETRY', subject, metricsReported, { signal })) {
    if (body.points.some((point) => point.step >= step)) over.abort();
  }
}

async function expectOneWholeResult(bench: RunnerBench, of: Job, { name }: ExecutorChoice): Promise<void> {
  const outcome = await bench.outcome(of);
  expect(outcome).toMatchObject({ end: 'finished', attempt: 1, exitCode: 0 });
  const runner = await bench.bus.records('workers', worker).get(workerKey('gpu-runner', 'one'));
  expect(runner?.value.runner?.executor).toBe(name);
  expect((await fileOf(bench, outcome, 'starts')).trim().split('\n')).toHaveLength(1);

  const all = Array.from({ length: STEPS }, (_, n) => n);
  const metrics = await metricsTold(bench.bus, of);
  const told = metrics.flatMap(({ first, points, notFinite = [] }) => {
    const steps = [...points, ...notFinite].map(({ step }) => step).sort((a, b) => a - b);
    expect(steps[0]).toBe(first);
    return steps;
  });
  expect(told).toEqual(all);
  const flags = metrics.flatMap(({ notFinite = [] }) => notFinite);
  expect(flags.map(({ step, is }) => `${is} at ${step}`)).toEqual(
    all.filter((step) => step % 50 === 7).map((step) => `nan at ${step}`),
  );

  expect(await linesTold(bench.bus, of)).toEqual(all.map((step) => `${step}: step ${step}`));

  const results = await bench.bus.streams.read('RESULTS', jobOutcomeSubject(of.run, of.id), jobOutcome);
  expect(results).toHaveLength(1);
  expect(await bench.notifications()).toEqual([of.id]);
}

async function fileOf(bench: RunnerBench, { output }: JobOutcome, path: string): Promise<string> {
  if (output === null) throw new Error('it left nothing');
  const folder = join(bench.home, 'output');
  await bench.bus.store.getTree(output, folder);
  return await readFile(join(folder, path), 'utf8');
}
