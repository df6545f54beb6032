/** Runners on a real bus with real programs in a real sandbox. */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  claim,
  deadLetter,
  jobControl,
  jobControlKey,
  logReported,
  metricsReported,
  runControl,
  runControlKey,
  telemetrySubject,
} from '@modelwright/contracts';
import { describeOnNatsServers, temporaryFolder } from '@modelwright/testing';
import { openWorkTree } from '@modelwright/workspace';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunnerBench, runnerBench, send } from './testing/runner-bench.ts';
import { SAMPLE_RUN, sampleJob } from './testing/samples.ts';

describeOnNatsServers('a runner', (server) => {
  let bench: RunnerBench;
  const claims = () => bench.bus.records('claims', claim);

  beforeAll(async () => {
    bench = await runnerBench(server);
    await bench.runner('one');
  });
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });

  test('executes a program with its data and reports what it left, said and measured', async () => {
    const data = await bench.tree({ 'train.csv': 'a\n1\n' });
    const model = await bench.tree({ 'model/w.txt': '7' });
    const asked = await bench.submit(
      'import json, os, time\n' +
        'e = os.environ\n' +
        'print(open(e["MW_DATA"] + "/train.csv").read().split(), open(e["MW_INPUTS"] + "/trained/w.txt").read(), open("config.json").read())\n' +
        'print(e["MW_SEED"], e["MW_CPUS"], e["OMP_NUM_THREADS"], e["PYTHONHASHSEED"])\n' +
        'out = e["MW_OUT"]\n' +
        'os.mkdir(out + "/model"); open(out + "/model/weights", "w").write("w")\n' +
        'os.mkdir(out + "/checkpoint"); open(out + "/checkpoint/state", "w").write("s")\n' +
        'with open(out + "/metrics.jsonl", "w") as f:\n' +
        '    for step in range(3): f.write(json.dumps({"step": step, "name": "loss", "value": 1 / (step + 1), "time": time.time()}) + "\\n")\n',
      {
        data,
        inputs: { trained: { tree: model, path: 'model' } },
        overlay: { 'config.json': '{"depth":3}' },
        variables: { MW_SEED: '7' },
      },
      { 'config.json': '{}' },
    );
    const outcome = await bench.outcome(asked);
    expect(outcome).toMatchObject({
      end: 'finished',
      exitCode: 0,
      attempt: 1,
      runner: 'one',
      stderrTail: '',
    });
    expect(outcome.stdoutTail).toBe("['a', '1'] 7 {\"depth\":3}\n7 1 1 0");
    const manifest = await bench.bus.store.readManifest(outcome.output ?? data);
    expect(manifest.files.map((file) => file.path)).toEqual(['metrics.jsonl', 'model/weights']);
    const read = (kind: 'metric' | 'log') => telemetrySubject(asked.run, asked.id, 1, kind);
    const points = await bench.bus.streams.read('TELEMETRY', read('metric'), metricsReported);
    expect(points.flatMap((message) => message.body.points.map((point) => point.step))).toEqual([0, 1, 2]);
    const logs = await bench.bus.streams.read('TELEMETRY', read('log'), logReported);
    expect(logs[0]?.body).toMatchObject({ stream: 'stdout', first: 0 });
    await expect.poll(async () => (await claims().get(asked.id))?.value.state).toBe('closed');
    expect(await bench.notifications()).toContain(asked.id);
  });

  test('code comes as a commit of a candidate, without its git directory', async () => {
    await using folder = await temporaryFolder();
    const workTree = await openWorkTree({
      gitDir: join(folder.path, 'git'),
      workTree: join(folder.path, 'work'),
    });
    await mkdir(join(folder.path, 'template'));
    await writeFile(join(folder.path, 'template', 'main.py'), 'import os\nprint(sorted(os.listdir(".")))\n');
    const commit = await workTree.create(join(folder.path, 'template'), 0);
    await workTree.bundle(join(folder.path, 'bundle'));
    const bundle = await bench.bus.store.putFile('workspaces', join(folder.path, 'bundle'));
    const outcome = await bench.outcome(
      await bench.submit('', { code: { kind: 'version', commit, bundle } }),
    );
    expect(outcome).toMatchObject({ end: 'finished', stdoutTail: "['main.py']" });
  });

  test('a program that fails is a result with its last words', async () => {
    const outcome = await bench.outcome(await bench.submit('raise ValueError("bad column")'));
    expect(outcome).toMatchObject({ end: 'failed', exitCode: 1, output: null });
    expect(outcome.reason).toContain('ValueError: bad column');
    expect(outcome.stderrTail).toContain('Traceback');
  });

  test('a program that takes too long is timed out, and what it saved is kept', async () => {
    const limits = { ...sampleJob().limits, wallSeconds: 1 };
    const program =
      'import os, signal, sys, time\n' +
      'def save(*_):\n    open(os.environ["MW_OUT"] + "/saved", "w").close(); sys.exit(75)\n' +
      'signal.signal(signal.SIGTERM, save)\nwhile True: time.sleep(0.1)\n';
    const outcome = await bench.outcome(await bench.submit(program, { limits }));
    expect(outcome).toMatchObject({ end: 'timed-out', exitCode: 75 });
    expect(outcome.output).not.toBeNull();
  });

  test('a running program is cancelled by the wish to', async () => {
    const asked = await bench.submit('import time\nprint("up", flush=True)\ntime.sleep(60)');
    await bench.firstLine(asked);
    await bench.bus.records('control', jobControl).put(jobControlKey(asked.id), {
      job: asked.id,
      desired: 'cancelled',
      reason: 'a better one was found',
    });
    const outcome = await bench.outcome(asked);
    expect(outcome).toMatchObject({ end: 'cancelled' });
    expect(outcome.reason).toContain('a better one was found');
  });

  test('a job of a cancelled run is never started', async () => {
    const run = 'digits-zzzzzz-03';
    await bench.bus
      .records('control', runControl)
      .put(runControlKey(run), { run, state: 'cancelled', reason: 'by the user' });
    const asked = await bench.submit('print("no")', { run, id: `${run}_c1_train_1` });
    expect(await bench.outcome(asked)).toMatchObject({ end: 'cancelled', stdoutTail: '', wallSeconds: 0 });
  });

  test('code that does not exist is refused with the reason', async () => {
    const missing = { kind: 'tree', store: 'artifacts', sha256: 'f'.repeat(64), size: 1 } as const;
    const outcome = await bench.outcome(await bench.submit('', { code: { kind: 'tree', tree: missing } }));
    expect(outcome).toMatchObject({ end: 'refused', exitCode: null });
  });

  test('requirements that are not pinned are refused with the line', async () => {
    const environment = { kind: 'requirements', text: 'numpy>=1\n' } as const;
    const outcome = await bench.outcome(await bench.submit('print(1)', { environment }));
    expect(outcome).toMatchObject({ end: 'refused' });
    expect(outcome.reason).toContain('line 1');
  });

  test('a job that is delivered again after its end only repeats its notification', async () => {
    const asked = await bench.submit('print("once")');
    const first = await bench.outcome(asked);
    await send(bench.bus, asked, `${asked.id}:again`);
    await expect.poll(() => bench.bus.streams.subjects('JOBS', 'mw.v1.job.>')).toEqual([]);
    expect(await bench.outcome(asked)).toEqual(first);
  });

  test('a job that was lost three times without a checkpoint is given up', async () => {
    const asked = sampleJob({ id: `${SAMPLE_RUN}_c9_train_1` });
    await claims().create(asked.id, {
      job: asked.id,
      run: asked.run,
      attempt: 3,
      runner: 'one',
      process: 'dead',
      state: 'held',
      claimedAt: 0,
      checkpoint: null,
      attemptsWithoutProgress: 3,
    });
    await bench.submit('print(1)', asked);
    const outcome = await bench.outcome(asked);
    expect(outcome).toMatchObject({ end: 'lost', attempt: 3 });
    const letters = await bench.bus.streams.read('DLQ', 'mw.v1.dlq.>', deadLetter);
    expect(letters.some((letter) => letter.body.reason === outcome.reason)).toBe(true);
  });

  test('nothing of a finished job stays on the disk', async () => {
    await bench.outcome(await bench.submit('print(1)'));
    await expect.poll(() => readdir(join(bench.home, 'runners/one/jobs'))).toEqual([]);
  });
});
