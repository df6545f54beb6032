/**
 * Two hosts with eight pretended GPUs each, 200 jobs of one to four GPUs from four runs, and kills at random of runners
 * and of nats-server. A host is a home, a name, user ids and locks of its own; the network is the machine's.
 *
 * FARM_SEED draws other jobs and other kills; FARM_JOBS makes it shorter for a try.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Job, type JobOutcome, jobOutcome, runId } from '@modelwright/contracts';
import { natsServersUnderTest } from '@modelwright/testing';
import { expect, onTestFailed, test } from 'vitest';
import { chaos, type FarmHost, generator } from './testing/farm/chaos.ts';
import { MARK, witness } from './testing/farm/witness.ts';
import { pretendGpus } from './testing/pretended-smi/pretended-gpus.ts';
import { type RunnerBench, runnerBench, send } from './testing/runner-bench.ts';
import { sampleJob } from './testing/samples.ts';

const newest = natsServersUnderTest().at(-1);
const seed = Number(process.env['FARM_SEED'] ?? 20_264);
const jobCount = Number(process.env['FARM_JOBS'] ?? 200);
const GPUS = 8;
const LIMIT_MS = 8 * 60_000;

/** The longer the backlog of a run, the earlier its jobs come: fairness has something to do. */
const RUNS = ['greedy-aaaaaa-01', 'second-bbbbbb-02', 'third-cccccc-03', 'modest-dddddd-04'].map((name) =>
  runId.parse(name),
);
const BACKLOG = [0.4, 0.3, 0.2, 0.1];

/** Writes down what it was given, when it began, and when it had ended; both more than once would be seen. */
const PROGRAM = `import os, sys, time
out = os.environ["MW_OUT"]
def note(what):
    with open(out + "/held.txt", "a") as file:
        file.write(f"{what} {time.time()} {os.environ['CUDA_VISIBLE_DEVICES']}\\n")
note("began")
time.sleep(float(sys.argv[1]))
note("ended")
`;

interface Holding {
  readonly job: string;
  readonly began: number;
  readonly ended: number;
  readonly uuids: readonly string[];
}

test.skipIf(newest?.server === null)(
  'no GPU is ever held twice, no job is lost or done twice, and none starves, whatever is killed',
  async () => {
    if (newest === undefined || newest.server === null) throw new Error(newest?.missing ?? 'no server');
    onTestFailed(() => void process.stderr.write(`the farm's seed was ${seed}\n`));
    await using bench = await runnerBench(newest.server);
    const jobs = await submitAll(bench);
    const hosts = await Promise.all(['east', 'west'].map((name) => openHost(bench, name)));
    const over = new AbortController();
    const watching = witness(over.signal);
    const killing = chaos(hosts, bench.server, { seed, signal: over.signal });
    const outcomes = await outcomesOf(bench, jobs).finally(() => over.abort());
    const [testimony, kills] = [await watching, await killing];
    const holdings = await Promise.all(outcomes.map((outcome) => holdingOf(bench, outcome)));

    expect(new Set(outcomes.map((outcome) => outcome.job)).size).toBe(jobs.length);
    expect(outcomes.filter((outcome) => outcome.end !== 'finished')).toEqual([]);
    expect(overlaps(holdings)).toEqual([]);
    for (const [n, asked] of jobs.entries()) {
      const holding = holdings.find((one) => one.job === asked.id);
      expect({ n, uuids: new Set(holding?.uuids).size }).toEqual({ n, uuids: asked.accelerators?.count });
    }
    expect(testimony.heldTwice).toEqual([]);
    expect([...testimony.programs.values()].filter((pids) => pids.size > 1)).toEqual([]);
    expect(new Set(outcomes.map((outcome) => outcome.runner))).toEqual(new Set(['east', 'west']));
    expect(kills.runners).toBeGreaterThan(0);
    const overtaken = mostOvertaken(jobs, holdings);
    process.stderr.write(
      `farm: ${JSON.stringify({ kills, ...summary(outcomes, holdings), looks: testimony.looks, overtaken })}\n`,
    );
    expect(overtaken).toBeLessThan(jobs.length / 2);
  },
  LIMIT_MS + 60_000,
);

async function submitAll(bench: RunnerBench): Promise<Job[]> {
  const draw = generator(seed + 1);
  const tree = await bench.tree({ 'main.py': PROGRAM });
  const jobs = Array.from({ length: jobCount }, (_, n): Job => {
    const run = RUNS[runFor(n / jobCount)] ?? RUNS[0];
    if (run === undefined) throw new Error('no runs');
    const id = `${run}_c1_train_${n}`;
    // Some outlive the restart of their runner, and must be found again with what they hold.
    const seconds = (draw() < 0.2 ? 3 + 3 * draw() : 0.3 + 0.7 * draw()).toFixed(2);
    return sampleJob({
      id,
      run,
      class: 'gpu',
      priority: draw() < 0.1 ? 'low' : 'normal',
      accelerators: { count: 1 + Math.floor(draw() * 4), memoryBytes: null, shared: false },
      code: { kind: 'tree', tree },
      command: ['python', 'main.py', seconds],
      variables: { [MARK]: id },
    });
  });
  for (const job of jobs) await send(bench.bus, job);
  return jobs;
}

/** The run that the job at this place of the queue belongs to. */
function runFor(place: number): number {
  let end = 0;
  return BACKLOG.findIndex((share) => {
    end += share;
    return place < end - 1e-9;
  });
}

async function openHost(bench: RunnerBench, name: string): Promise<FarmHost> {
  // Below `runners`, where the bench looks for programs to end.
  const home = join(bench.home, 'runners', name);
  await mkdir(home, { recursive: true });
  const gpus = await pretendGpus(home, name, { count: GPUS });
  const start = () =>
    bench.spawn(name, {
      MODELWRIGHT_HOME: home,
      RUNNER_ACCELERATORS: 'nvidia',
      RUNNER_NVIDIA_SMI: gpus.smi,
      RUNNER_LOCKS: gpus.locks,
      RUNNER_KERNEL_LOG: gpus.kernelLog,
      RUNNER_UID_BASE: name === 'east' ? '1900100000' : '1900200000',
      RUNNER_HOST_MEMORY_BYTES: String(64 * 2 ** 30),
      RUNNER_CHECKPOINT_SECONDS: '5',
    });
  return { name, process: await start(), start };
}

async function outcomesOf(bench: RunnerBench, jobs: readonly Job[]): Promise<JobOutcome[]> {
  const found: JobOutcome[] = [];
  const signal = AbortSignal.timeout(LIMIT_MS);
  const all = bench.bus.streams.follow('RESULTS', 'mw.v1.done.>', jobOutcome, { signal });
  for await (const { body } of all) {
    found.push(body);
    if (found.length === jobs.length) return found;
  }
  const ids = new Set(found.map((one) => one.job));
  throw new Error(`without an outcome: ${jobs.filter((job) => !ids.has(job.id)).map((job) => job.id)}`);
}

/** As the program itself wrote it down. */
async function holdingOf({ bus, home }: RunnerBench, outcome: JobOutcome): Promise<Holding> {
  if (outcome.output === null) throw new Error(`${outcome.job} left nothing`);
  const { files } = await bus.store.readManifest(outcome.output);
  expect(files.map((file) => file.path)).toEqual(['held.txt']);
  const folder = join(home, 'outputs', outcome.job);
  await bus.store.getTree(outcome.output, folder);
  const lines = (await readFile(join(folder, 'held.txt'), 'utf8')).trimEnd().split('\n');
  const words = lines.map((line) => line.split(' '));
  expect(words.map(([what]) => what)).toEqual(['began', 'ended']);
  const [began = 0, ended = 0] = words.map(([, time]) => Number(time));
  return { job: outcome.job, began, ended, uuids: (words[0]?.[2] ?? '').split(',') };
}

function overlaps(holdings: readonly Holding[]): string[] {
  const byGpu = Map.groupBy(
    holdings.flatMap((holding) => holding.uuids.map((uuid) => ({ uuid, ...holding }))),
    (one) => one.uuid,
  );
  return [...byGpu].flatMap(([uuid, all]) => {
    const inOrder = all.toSorted((a, b) => a.began - b.began);
    return inOrder.flatMap((one, n) => {
      const next = inOrder[n + 1];
      return next !== undefined && next.began < one.ended ? [`${uuid}: ${one.job} and ${next.job}`] : [];
    });
  });
}

/** How many jobs of the same run and priority that were sent later began earlier, for the job that had most of them. */
function mostOvertaken(jobs: readonly Job[], holdings: readonly Holding[]): number {
  const began = new Map(holdings.map((one) => [one.job, one.began]));
  const overtakers = jobs.map((job, n) => {
    const later = jobs.slice(n + 1).filter((one) => one.run === job.run && one.priority === job.priority);
    return later.filter((one) => (began.get(one.id) ?? 0) < (began.get(job.id) ?? 0)).length;
  });
  return Math.max(...overtakers);
}

function summary(outcomes: readonly JobOutcome[], holdings: readonly Holding[]) {
  const first = Math.min(...holdings.map((one) => one.began));
  const last = Math.max(...holdings.map((one) => one.ended));
  const gpuSeconds = holdings.reduce((sum, one) => sum + one.uuids.length * (one.ended - one.began), 0);
  return {
    jobs: outcomes.length,
    seconds: Math.round(last - first),
    gpuSeconds: Math.round(gpuSeconds),
    furtherAttempts: outcomes.filter((outcome) => outcome.attempt > 1).length,
  };
}
