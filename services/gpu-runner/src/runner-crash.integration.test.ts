/** Runners that are killed, leave, are lost, or lose the bus, while real programs run. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  claim,
  type Job,
  jobOutcome,
  jobOutcomeSubject,
  runnerControl,
  runnerControlKey,
} from '@modelwright/contracts';
import { natsServersUnderTest } from '@modelwright/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ended, type RunnerBench, runnerBench } from './testing/runner-bench.ts';
import { sampleJob } from './testing/samples.ts';

const newest = natsServersUnderTest().at(-1);

/** Says which process it is, then waits for a file `go` in its output folder. */
const PATIENT =
  'import os, time\nprint("started", flush=True)\n' +
  'while not os.path.exists(os.environ["MW_OUT"] + "/go"): time.sleep(0.02)\nprint("went on")\n';

describe.skipIf(newest?.server === null)('when something breaks', () => {
  let bench: RunnerBench;

  beforeEach(async () => {
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    bench = await runnerBench(newest.server);
  });
  afterEach(async () => {
    await bench[Symbol.asyncDispose]();
  });

  const attemptFolder = (runner: string, of: Job, attempt = 1) =>
    join(bench.home, 'runners', runner, 'jobs', of.id, `attempt-${attempt}`);

  async function letGo(runner: string, of: Job): Promise<void> {
    await writeFile(join(attemptFolder(runner, of), 'out', 'go'), '');
  }

  async function supervisorOf(runner: string, of: Job): Promise<number> {
    return JSON.parse(await readFile(join(attemptFolder(runner, of), 'supervisor.json'), 'utf8')).pid;
  }

  test('a program goes on while its runner is dead, and the next process of that runner adopts it', async () => {
    const first = await bench.spawn('one');
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    await ended(first, 'SIGKILL');
    await bench.spawn('one');
    await letGo('one', asked);
    expect(await bench.outcome(asked)).toMatchObject({
      end: 'finished',
      attempt: 1,
      stdoutTail: 'started\nwent on',
    });
    await expect
      .poll(() => bench.bus.streams.subjects('JOBS', 'mw.v1.job.>'), { timeout: 10_000 })
      .toEqual([]);
  }, 30_000);

  test('a program that ended while its runner was dead is reported by the next process', async () => {
    const first = await bench.spawn('one');
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    await ended(first, 'SIGKILL');
    await letGo('one', asked);
    await expect.poll(() => readdir(attemptFolder('one', asked)), { timeout: 10_000 }).toContain('exit.json');
    await bench.spawn('one');
    expect(await bench.outcome(asked)).toMatchObject({ end: 'finished', attempt: 1 });
  }, 30_000);

  test('a runner that is told to leave leaves its program running', async () => {
    const first = await bench.spawn('one');
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    await ended(first, 'SIGTERM');
    expect(first.exitCode).toBe(0);
    process.kill(await supervisorOf('one', asked), 0);
    await bench.spawn('one');
    await letGo('one', asked);
    expect(await bench.outcome(asked)).toMatchObject({ end: 'finished', attempt: 1 });
  }, 30_000);

  test('a lost host is taken over from the last checkpoint', async () => {
    const window = { RUNNER_ADOPTION_WINDOW_SECONDS: '2' };
    const first = await bench.spawn('one', window);
    const asked = await bench.submit(
      'import os, time\nresume = os.environ.get("MW_RESUME")\n' +
        'if resume:\n    print("resumed at", open(resume + "/state").read())\n    raise SystemExit(0)\n' +
        'print("started", flush=True)\n' +
        'os.mkdir(os.environ["MW_OUT"] + "/checkpoint")\n' +
        'open(os.environ["MW_OUT"] + "/checkpoint/state", "w").write("epoch 3")\ntime.sleep(60)\n',
    );
    const claims = bench.bus.records('claims', claim);
    await expect
      .poll(async () => (await claims.get(asked.id))?.value.checkpoint ?? null, { timeout: 10_000 })
      .not.toBeNull();
    const supervisor = await supervisorOf('one', asked);
    await ended(first, 'SIGKILL');
    process.kill(supervisor, 'SIGKILL');
    await bench.runner('two', window);
    expect(await bench.outcome(asked)).toMatchObject({
      end: 'finished',
      attempt: 2,
      runner: 'two',
      stdoutTail: 'resumed at epoch 3',
    });
  }, 60_000);

  test('a training that is handed over goes on elsewhere at once, from what it saved', async () => {
    await bench.runner('one');
    const asked = await bench.submit(
      'import os, signal, sys, time\nresume = os.environ.get("MW_RESUME")\n' +
        'if resume:\n    print("resumed at", open(resume + "/state").read())\n    raise SystemExit(0)\n' +
        'def save(*_):\n    os.mkdir(os.environ["MW_OUT"] + "/checkpoint")\n' +
        '    open(os.environ["MW_OUT"] + "/checkpoint/state", "w").write("epoch 5")\n    sys.exit(75)\n' +
        'signal.signal(signal.SIGTERM, save)\nprint("started", flush=True)\ntime.sleep(60)\n',
      { limits: { ...sampleJob().limits, graceSeconds: 10 } },
    );
    await bench.firstLine(asked);
    await bench.runner('two');
    await bench.bus
      .records('control', runnerControl)
      .put(runnerControlKey('one'), { runner: 'one', desired: 'hand-over', reason: 'new kernel' });
    expect(await bench.outcome(asked)).toMatchObject({
      end: 'finished',
      attempt: 2,
      runner: 'two',
      stdoutTail: 'resumed at epoch 5',
    });
    const known = await bench.bus.records('claims', claim).get(asked.id);
    expect(known?.value.attemptsWithoutProgress).toBe(0);
    await expect.poll(() => readdir(join(bench.home, 'runners/one/jobs'))).toEqual([]);
  }, 30_000);

  test('a runner that comes back after it was taken over ends its program without a word', async () => {
    const window = { RUNNER_ADOPTION_WINDOW_SECONDS: '2' };
    const first = await bench.spawn('one', window);
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    await ended(first, 'SIGKILL');
    const supervisor = await supervisorOf('one', asked);
    await bench.runner('two', window);
    await expect
      .poll(() => readdir(join(bench.home, 'runners/two/jobs')), { timeout: 20_000 })
      .toEqual([asked.id]);
    await bench.spawn('one', window);
    expect(await readdir(join(bench.home, 'runners/one/jobs'))).toEqual([]);
    await expect.poll(() => isAlive(supervisor)).toBe(false);
  }, 60_000);

  test('a runner that is overtaken while it runs ends its program without a word', async () => {
    await bench.runner('one');
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    const supervisor = await supervisorOf('one', asked);
    const claims = bench.bus.records('claims', claim);
    // It renews its claim all the while: whoever overtakes must hit a moment in between.
    const overtaken = async () => {
      const known = await claims.get(asked.id);
      if (known === null) throw new Error('it has no claim');
      return await claims.update(asked.id, { ...known.value, runner: 'two', attempt: 2 }, known.revision);
    };
    await expect.poll(overtaken).not.toBeNull();
    await expect.poll(() => isAlive(supervisor), { timeout: 10_000 }).toBe(false);
    await expect.poll(() => readdir(join(bench.home, 'runners/one/jobs'))).toEqual([]);
    const results = jobOutcomeSubject(asked.run, asked.id);
    expect(await bench.bus.streams.last('RESULTS', results, jobOutcome)).toBeNull();
  }, 30_000);

  test('when only the supervisor is killed, the same runner starts the next attempt', async () => {
    await bench.runner('one');
    const asked = await bench.submit(
      'import os, time\nif os.path.exists(os.environ.get("MW_RESUME", "/none") + "/state"): raise SystemExit(0)\n' +
        'os.mkdir(os.environ["MW_OUT"] + "/checkpoint")\nopen(os.environ["MW_OUT"] + "/checkpoint/state", "w").close()\n' +
        'print("started", flush=True)\ntime.sleep(60)\n',
    );
    await bench.firstLine(asked);
    process.kill(await supervisorOf('one', asked), 'SIGKILL');
    expect(await bench.outcome(asked)).toMatchObject({ end: 'finished', attempt: 2 });
  }, 30_000);

  test('a training outlives an absence of the bus, and its outcome is there afterwards', async () => {
    await bench.runner('one');
    const asked = await bench.submit(PATIENT);
    await bench.firstLine(asked);
    await bench.server.kill();
    await letGo('one', asked);
    await expect.poll(() => readdir(attemptFolder('one', asked)), { timeout: 10_000 }).toContain('exit.json');
    await bench.server.restart();
    expect(await bench.outcome(asked)).toMatchObject({ end: 'finished', attempt: 1 });
  }, 60_000);

  test('twenty small jobs over two runners are executed once each, short ones beside long ones', async () => {
    await bench.runner('one');
    await bench.runner('two');
    const jobs: Job[] = [];
    for (let n = 0; n < 20; n++) {
      jobs.push(await bench.submit(`print("job ${n}")`, { priority: n % 4 === 0 ? 'high' : 'normal' }));
    }
    const outcomes = await Promise.all(jobs.map((one) => bench.outcome(one)));
    expect(outcomes.map(({ end, attempt, stdoutTail }) => ({ end, attempt, stdoutTail }))).toEqual(
      jobs.map((_, n) => ({ end: 'finished', attempt: 1, stdoutTail: `job ${n}` })),
    );
    expect(new Set(outcomes.map((outcome) => outcome.runner)).size).toBe(2);
    await expect
      .poll(() => bench.bus.streams.subjects('JOBS', 'mw.v1.job.>'), { timeout: 10_000 })
      .toEqual([]);
    expect((await bench.notifications()).sort()).toEqual(jobs.map((one) => one.id).sort());
  }, 60_000);

  test('a short job does not wait for trainings to end', async () => {
    await bench.runner('one', { RUNNER_SLOTS: '1' });
    const training = await bench.submit(PATIENT);
    await bench.firstLine(training);
    const waiting = await bench.submit('print("later")');
    const short = await bench.submit('print("now")', { priority: 'high' });
    expect(await bench.outcome(short)).toMatchObject({ end: 'finished' });
    await letGo('one', training);
    expect(await bench.outcome(waiting)).toMatchObject({ end: 'finished' });
  }, 30_000);
});

/** A process that has ended may still be listed until its parent takes notice. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !stat.includes(') Z ');
}
