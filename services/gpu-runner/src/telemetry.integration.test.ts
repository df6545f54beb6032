/** What a running training reports, as others see it, and what follows from it without anybody being asked. */
import { type Job, metricsReported, telemetrySubject } from '@modelwright/contracts';
import { natsServersUnderTest } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunnerBench, runnerBench } from './testing/runner-bench.ts';
import { sampleJob } from './testing/samples.ts';
import { linesTold } from './testing/telemetry-of.ts';

const newest = natsServersUnderTest().at(-1);

const REPORT = `
import json, os, signal, sys, time
def report(step, value, name="loss"):
    with open(os.environ["MW_OUT"] + "/metrics.jsonl", "a") as file:
        file.write(json.dumps({"step": step, "name": name, "value": value, "time": time.time()}) + "\\n")
`;

describe.skipIf(newest?.server === null)('a training that reports', () => {
  let bench: RunnerBench;

  beforeAll(async () => {
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    bench = await runnerBench(newest.server);
    await bench.runner('one');
  });
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  const told = (of: Job, signal: AbortSignal) =>
    bench.bus.streams.follow('TELEMETRY', telemetrySubject(of.run, of.id, 1, 'metric'), metricsReported, {
      signal,
    });

  test('is heard within a second of what it writes', async () => {
    const asked = await bench.submit(`${REPORT}
for step in range(20):
    report(step, 1 / (step + 1))
    time.sleep(0.15)
`);
    const over = new AbortController();
    const delays: number[] = [];
    for await (const { body, time } of told(asked, over.signal)) {
      delays.push(...body.points.map((point) => time / 1000 - point.time));
      if (delays.length === 20) over.abort();
    }
    // By the clock of the bus against the program's: both of this machine. Other tests may hold it up for a moment.
    expect(delays.sort((a, b) => a - b).at(17)).toBeLessThan(1);
  });

  test('is ended by its stop rule, with time to save, and nobody had to look', async () => {
    const asked = await bench.submit(
      `${REPORT}
def save(*_):
    open(os.environ["MW_OUT"] + "/saved", "w").close()
    sys.exit(75)
signal.signal(signal.SIGTERM, save)
for step in range(1000):
    report(step, float("nan") if step >= 2 else 0.5)
    report(step, 0.1, "rate")
    time.sleep(0.05)
`,
      { stopRules: [{ kind: 'not-finite', metric: '*loss*', times: 3 }] },
    );
    const outcome = await bench.outcome(asked);
    const rule = 'stop rule: loss was not finite in 3 readings in a row (nan at step 4)';
    expect(outcome).toMatchObject({ end: 'cancelled', exitCode: 75, stopRule: rule });
    expect(outcome.reason).toBe(`${rule}; it ended with exit code 75 after it was asked to`);
    const { files } = await bench.bus.store.readManifest(outcome.output ?? missing());
    expect(files.map(({ path }) => path)).toContain('saved');
  });

  test('whose rule is met by its last values has ended by itself', async () => {
    const outcome = await bench.outcome(
      await bench.submit(`${REPORT}\nfor step in range(3): report(step, float("inf"))\n`, {
        stopRules: [{ kind: 'not-finite', metric: null, times: 3 }],
      }),
    );
    expect(outcome).toMatchObject({ end: 'finished', stopRule: null });
  });

  test('that says more than can be kept is kept at both ends, in its log and in its telemetry', async () => {
    const limits = { ...sampleJob().limits, logBytes: 256 * 1024 };
    const asked = await bench.submit('for n in range(200_000): print("line", n)\n', { limits });
    const outcome = await bench.outcome(asked);
    expect(outcome.stdoutTail.endsWith('line 199999')).toBe(true);
    const lines = await linesTold(bench.bus, asked);
    expect(lines[0]).toBe('0: line 0');
    expect(lines.at(-1)).toBe('199999: line 199999');
    expect(lines.join('\n').length).toBeLessThan(1024 * 1024);
  });
});

function missing(): never {
  throw new Error('it left nothing');
}
