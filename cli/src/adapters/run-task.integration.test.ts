/** A run as the command line sees it, on a real nats-server with a manager that follows a script. */
import { execFileSync } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Bus, connectBus } from '@modelwright/bus';
import { type RunEvent, type RunId, runId, type Version } from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import { natsServersUnderTest, type TemporaryFolder, temporaryFolder } from '@modelwright/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../config.ts';
import * as script from '../core/run-log.fixture.ts';
import { RecordingOutput } from '../testing/recording-output.ts';
import { ScriptedManager } from '../testing/scripted-manager.ts';
import { openBus } from './bus.ts';
import { cancelRun } from './cancel-run.ts';
import { takeDown } from './farm/down.ts';
import { bringUp } from './farm/up.ts';
import { finishRun } from './finish-run.ts';
import { materialise } from './materialise.ts';
import { RunHistory } from './run-history.ts';
import { readRuns, resolveRun } from './run-log.ts';
import { runTask } from './run-task.ts';
import { StateFolder } from './state-folder.ts';
import { submitRun } from './submit-run.ts';
import { openTaskFolder, type TaskFolder } from './task-folder.ts';

const newest = natsServersUnderTest().at(-1)?.server;
const PLAYBOOK = { kind: 'playbook', clumsy: false } as const;
const NO_SERVICES = { manager: 0, designer: 0, coder: 0, tuner: 0, 'gpu-runner': 0 };

describe.skipIf(newest == null)('a run', () => {
  let home: TemporaryFolder;
  let config: Config;
  let asManager: Bus;
  let asCli: Bus;
  let task: TaskFolder;

  beforeAll(async () => {
    home = await temporaryFolder('modelwright-run-');
    config = readConfig(
      { PATH: process.env['PATH'], MODELWRIGHT_HOME: join(home.path, 'state') },
      home.path,
      '/nowhere',
    );
    const server = { path: newest?.binary ?? '', version: newest?.version ?? '' };
    const toolchain = { findNatsServer: () => server, findPython: () => '' };
    const { natsUrl } = await bringUp(config, toolchain, {
      counts: NO_SERVICES,
      slots: null,
      port: null,
      foreground: false,
      source: {},
    });
    asManager = await connectBus({
      url: natsUrl,
      user: 'manager',
      password: await new StateFolder(config.home).password('manager'),
      name: 'scripted-manager',
      logger: createLogger({ service: 'test', name: 'test', level: 'silent' }),
    });
    await asManager.applyTopology();
    asCli = await openBus(config);
    const folder = join(home.path, 'task');
    await mkdir(join(folder, 'scratch'), { recursive: true });
    await writeFile(
      join(folder, 'task.yaml'),
      'version: 1\nname: digits\ndescription: d\ndata: {layout: table, train: train.csv, target: digit}\nmetric: accuracy\n',
    );
    await writeFile(join(folder, 'train.csv'), 'id,x,digit\n1,2,3\n');
    await writeFile(join(folder, 'scratch', 'private.txt'), 'not needed');
    task = await openTaskFolder(home.path, 'task');
  });

  afterAll(async () => {
    await asCli.close();
    await asManager.close();
    await takeDown(config, { kill: true });
    await home[Symbol.asyncDispose]();
  });

  /** A candidate's history as a bundle in the store. */
  async function storedVersion(): Promise<Version> {
    const folder = join(home.path, 'candidate');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: folder })
        .toString()
        .trim();
    await mkdir(folder);
    git('init', '-q', '-b', 'main');
    await writeFile(join(folder, 'train.py'), 'print("train")\n');
    git('add', '.');
    git('commit', '-q', '-m', 'Start from the template');
    git('bundle', 'create', '-q', '../candidate.bundle', 'HEAD', 'main');
    const bundle = await asManager.store.putFile('workspaces', join(home.path, 'candidate.bundle'));
    return { commit: git('rev-parse', 'HEAD'), bundle };
  }

  async function storedDeliverable() {
    const folder = join(home.path, 'deliverable');
    await mkdir(join(folder, 'model'), { recursive: true });
    await writeFile(join(folder, 'inference.py'), 'print("predict")\n');
    await writeFile(join(folder, 'model', 'weights.json'), '{}');
    const { skipped: _, ...tree } = await asManager.store.putTree('artifacts', folder);
    return tree;
  }

  it('goes from a task folder to delivered files', async () => {
    const output = new RecordingOutput();
    const watching = runTask(config, task, {
      wishes: { budgetMinutes: 3, seed: 99 },
      player: { kind: 'playbook', clumsy: true },
      out: null,
      detach: false,
      output,
    });
    const run = await submittedRun(output);
    const manager = new ScriptedManager(asManager, run);
    const submitted = await manager.nextMessage();
    expect(submitted).toMatchObject({
      type: 'run-submitted',
      run,
      seed: 99,
      budget: { minutes: 3, candidates: 4 },
      player: { clumsy: true },
    });
    if (submitted.type !== 'run-submitted') throw new Error('another message');
    const uploaded = await asManager.store.readManifest(submitted.source);
    expect(uploaded.files.map((file) => file.path)).toEqual(['task.yaml', 'train.csv']);

    const version = await storedVersion();
    const submission = await asManager.store.putBytes('artifacts', Buffer.from('id,digit\n9,3\n'));
    await manager.decide({ type: 'run-started', submitted, at: Date.now(), deadline: Date.now() + 180_000 });
    await manager.decide(
      script.planned('c1', 'forest'),
      withVersion(script.implemented('c1', 'forest'), version),
    );
    await manager.decide(script.scored('c1', 0.975), { ...script.best('c1', 0.975), submission } as RunEvent);
    const early = join(home.path, 'results', run, 'submission.csv');
    await expect.poll(() => readFile(early, 'utf8').catch(() => '')).toBe('id,digit\n9,3\n');

    const deliverable = await storedDeliverable();
    await manager.decide(script.jobClosed('j', 'finished', 'none'));
    await manager.decide({ type: 'winner-sealed', candidate: 'c1', reason: 'the only one' });
    await manager.decide({ type: 'deliverable-packaged', deliverable, requirements: 'numpy' });
    await manager.decide({ type: 'run-ended', run, outcome: 'finished', reason: 'verified', at: Date.now() });

    const ending = await watching;
    expect(ending.exitCode).toBe(0);
    const results = join(home.path, 'results', run);
    for (const file of [
      'inference.py',
      'model/weights.json',
      'submission.csv',
      'candidates/c1/train.py',
      'candidates/c1/.git/HEAD',
    ]) {
      await access(join(results, file));
    }
    const events = (await readFile(join(results, 'events.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(events).toHaveLength(7);
    expect(JSON.parse(events[0]!)).toMatchObject({ previous: 0, reason: 'scripted step 1' });
    expect(JSON.parse(await readFile(join(results, 'run.json'), 'utf8'))).toMatchObject({
      run,
      seed: 99,
      outcome: 'finished',
      winner: { candidate: 'c1' },
      labels: 'sealed, not isolated',
    });
    const said = output.said.join('\n');
    expect(said).toContain('c1         0.9750 [0.9670, 0.9830]');
    expect(said).toContain('isolation: none');
    expect(said).toContain(`cd results/${run}`);
  });

  it('is told to programs as one JSON object a line', async () => {
    const output = new RecordingOutput('json');
    const watching = runTask(config, task, {
      wishes: {},
      player: PLAYBOOK,
      out: 'elsewhere',
      detach: false,
      output,
    });
    const run = await submittedRun(output);
    const manager = new ScriptedManager(asManager, run);
    await manager.nextMessage();
    await manager.decide({ ...script.started } as RunEvent);
    await manager.decide({
      type: 'run-ended',
      run,
      outcome: 'failed',
      reason: 'no candidate',
      at: Date.now(),
    });
    expect((await watching).exitCode).toBe(1);
    expect(output.records).toMatchObject([
      { type: 'submitted', run },
      { type: 'record', run, events: [{ type: 'run-started' }] },
      { type: 'record', run, events: [{ type: 'run-ended' }] },
      { type: 'results', run, outcome: 'failed', folder: join(home.path, 'elsewhere') },
    ]);
  });

  it('can be cancelled, found by the beginning of its id, and is listed', async () => {
    const run = await submitRun(asCli, task, { player: PLAYBOOK });
    const manager = new ScriptedManager(asManager, run);
    await manager.nextMessage();
    await manager.decide(script.started);
    const [name = ''] = run.split('-');
    expect(await resolveRun(asCli, run.slice(0, name.length + 5))).toBe(run);
    const cancelling = cancelRun(asCli, run, 'wrong data');
    expect(await manager.nextMessage()).toMatchObject({
      type: 'cancel-requested',
      run,
      reason: 'wrong data',
    });
    await manager.decide({
      type: 'run-ended',
      run,
      outcome: 'cancelled',
      reason: 'wrong data',
      at: Date.now(),
    });
    expect(await cancelling).toBe(`run ${run} cancelled`);
    expect((await readRuns(asCli)).find((one) => one.run === run)?.view.phase).toBe('cancelled');
    await expect(resolveRun(asCli, 'nothing-like-it')).rejects.toThrow('no run "nothing-like-it"');
  });

  it('can be asked for the best so far, and says what comes of it', async () => {
    const run = await submitRun(asCli, task, { player: PLAYBOOK });
    const manager = new ScriptedManager(asManager, run);
    await manager.nextMessage();
    await manager.decide(script.started);
    const finishing = finishRun(asCli, run, { reason: 'enough', refit: false });
    expect(await manager.nextMessage()).toMatchObject({
      type: 'finish-requested',
      run,
      reason: 'enough',
      refit: false,
    });
    await manager.decide({ type: 'finish-requested', reason: 'enough', refit: false });
    expect(await finishing).toBe(`run ${run} delivers the first candidate that is scored: nothing is yet`);
  });

  it('has a history of decisions that can be read and followed to its end', async () => {
    const run = await submitRun(asCli, task, { player: PLAYBOOK });
    const manager = new ScriptedManager(asManager, run);
    await manager.nextMessage();
    await manager.decide(script.started);
    const history = new RunHistory(asCli, run, null);
    expect((await history.soFar()).flatMap((entry) => entry.lines).join('\n')).toContain('scripted step 1');
    const following = (async () => {
      const lines: string[] = [];
      for await (const entry of history.toCome(AbortSignal.timeout(20_000))) lines.push(...entry.lines);
      return lines.join('\n');
    })();
    await manager.decide(script.planned('c1', 'forest'));
    await manager.decide({ type: 'run-ended', run, outcome: 'finished', reason: 'r', at: Date.now() });
    const text = await following;
    expect(text).not.toContain('scripted step 1');
    expect(text).toContain('c1 planned: forest');
    expect(text).toContain('run finished');
  });

  it('that has come to nothing yet still has a history to write', async () => {
    const run = await submitRun(asCli, task, { player: PLAYBOOK });
    const manager = new ScriptedManager(asManager, run);
    await manager.nextMessage();
    await manager.decide(script.started);
    const folder = join(home.path, 'early');
    expect(await materialise(asCli, run, folder)).toMatchObject({ hasModel: false, hasSubmission: false });
    await access(join(folder, 'events.jsonl'));
  });

  /** The id of the run that was announced on the output. */
  async function submittedRun(output: RecordingOutput): Promise<RunId> {
    const announced = () =>
      output.mode === 'json'
        ? String((output.records[0] as { run?: string } | undefined)?.run)
        : (output.said[0] ?? '').split(/[ :]/)[1];
    await expect.poll(() => runId.safeParse(announced()).success).toBe(true);
    return runId.parse(announced());
  }
});

function withVersion(event: RunEvent, version: Version): RunEvent {
  return event.type === 'candidate-implemented' ? { ...event, version } : event;
}
