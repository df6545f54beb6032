/** A bus on a real server, jobs made of small programs, and runners to execute them, for tests. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bus, type BusOptions, type BusUser, connectBus, natsConfig } from '@modelwright/bus';
import {
  type Job,
  type JobOutcome,
  job,
  jobFinished,
  jobOutcome,
  jobOutcomeSubject,
  jobSubject,
  logReported,
  type TreeRef,
  telemetrySubject,
  worker,
  workerKey,
} from '@modelwright/contracts';
import { createLogger } from '@modelwright/telemetry';
import {
  type NatsServerProcess,
  type ServerUnderTest,
  startNatsServer,
  temporaryFolder,
} from '@modelwright/testing';
import { findPython } from '../../../../bootstrap/toolchain.mjs';
import { openAccelerators } from '../adapters/accelerators/host-accelerators.ts';
import { holdersBy, openExecutor } from '../adapters/open-executor.ts';
import { runnerConfig } from '../config.ts';
import { runnerHome, startRunner } from '../handlers/runner.ts';
import { endPrograms } from './end-programs.ts';
import { sampleJob, sampleWorker } from './samples.ts';
import { storeFiles } from './store-files.ts';

/** The interpreter behind `MODELWRIGHT_PYTHON`, else that of the set-up, with the packages every job may use; else the system's. */
export function testPython(): string {
  const python = process.env['MODELWRIGHT_PYTHON'] ?? findPython()?.python ?? 'python3';
  return execFileSync(python, ['-I', '-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
}

export interface RunnerHandle {
  /** Leaves in order: programs go on. */
  leave(): Promise<void>;
}

export interface RunnerBench extends AsyncDisposable {
  /** As the manager. */
  readonly bus: Bus;
  readonly server: NatsServerProcess;
  readonly home: string;
  /** Sends a job whose code is `main.py` and further files. */
  submit(program: string, change?: Partial<Job>, files?: Record<string, string>): Promise<Job>;
  /** Stores a folder with these files. */
  tree(files: Record<string, string>): Promise<TreeRef>;
  outcome(of: Job): Promise<JobOutcome>;
  /** Resolves with the first line that the job's program says. */
  firstLine(of: Job): Promise<string>;
  /** Names of jobs the run was told of, in order. */
  notifications(): Promise<string[]>;
  /** A runner in this process. */
  runner(name: string, variables?: Record<string, string>): Promise<RunnerHandle>;
  /** A runner as a process; resolves when it is ready. */
  spawn(name: string, variables?: Record<string, string>): Promise<ChildProcess>;
}

export const ACK_WAIT_MS = 3000;

const PASSWORD = 'for this test';
const SCALE = 0.05;

/** On a server with the users and permissions of a real one, so that nothing is done that a runner may not do. */
export async function runnerBench(
  { binary }: ServerUnderTest,
  farm: Pick<BusOptions, 'content'> = {},
): Promise<RunnerBench> {
  const passwords = everyone(PASSWORD);
  const server = await startNatsServer({
    binary,
    config: (place) => natsConfig({ ...place, passwords, syncAlways: false, scale: SCALE }),
  });
  const folder = await temporaryFolder('mw-runner-');
  const bus = await open(server, 'manager', farm);
  await bus.applyTopology({ scale: SCALE });
  const leaves: (() => Promise<void>)[] = [];
  const buses: Bus[] = [bus];
  const children: ChildProcess[] = [];
  let count = 0;
  return {
    bus,
    server,
    home: folder.path,
    async submit(program, change = {}, files = {}) {
      count += 1;
      const tree = await storeFiles(bus, folder.path, { 'main.py': program, ...files });
      const asked = sampleJob({
        id: `${sampleJob().run}_c1_train_${count}`,
        command: ['python', 'main.py'],
        code: { kind: 'tree', tree },
        ...change,
      });
      await send(bus, asked);
      return asked;
    },
    tree: (files) => storeFiles(bus, folder.path, files),
    async firstLine(of) {
      const over = new AbortController();
      const logs = telemetrySubject(of.run, of.id, 1, 'log');
      for await (const stored of bus.streams.follow('TELEMETRY', logs, logReported, {
        signal: over.signal,
      })) {
        over.abort();
        return stored.body.lines[0] ?? '';
      }
      throw new Error('the telemetry ended');
    },
    async outcome(of) {
      const over = new AbortController();
      const subject = jobOutcomeSubject(of.run, of.id);
      for await (const stored of bus.streams.follow('RESULTS', subject, jobOutcome, {
        signal: over.signal,
      })) {
        over.abort();
        return stored.body;
      }
      throw new Error('the results ended');
    },
    async notifications() {
      const stored = await bus.streams.read('INBOX', 'mw.v1.inbox.>', jobFinished);
      return stored.map((message) => message.body.job);
    },
    async runner(name, variables = {}) {
      const own = await open(server, 'runner');
      buses.push(own);
      const leave = await inProcess(own, name, environment(server, folder.path, name, variables));
      leaves.push(leave);
      return { leave };
    },
    async spawn(name, variables = {}) {
      const child = spawnRunner(environment(server, folder.path, name, variables));
      children.push(child);
      await ready(bus, name, child);
      return child;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(leaves.map((leave) => leave()));
      for (const child of children) await ended(child);
      await endPrograms(join(folder.path, 'runners'), testPython());
      await Promise.all(buses.map((one) => one.close()));
      await server.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const everyone = (password: string): Record<BusUser, string> => ({
  manager: password,
  designer: password,
  coder: password,
  tuner: password,
  runner: password,
  cli: password,
});

function open(
  { url }: NatsServerProcess,
  user: BusUser,
  farm: Pick<BusOptions, 'content'> = {},
): Promise<Bus> {
  const logger = createLogger({ service: 'test', name: user, level: 'silent' });
  return connectBus({
    url,
    user,
    password: PASSWORD,
    name: user,
    logger,
    ackWaitMs: ACK_WAIT_MS,
    waitForServer: false,
    ...farm,
  });
}

function environment(server: NatsServerProcess, home: string, name: string, more: Record<string, string>) {
  return {
    PATH: process.env['PATH'] ?? '',
    NATS_URL: server.url,
    NATS_USER: 'runner',
    NATS_PASSWORD: PASSWORD,
    MODELWRIGHT_NAME: name,
    MODELWRIGHT_HOME: home,
    MODELWRIGHT_PYTHON: testPython(),
    MODELWRIGHT_ACK_WAIT_SECONDS: String(ACK_WAIT_MS / 1000),
    MODELWRIGHT_LOG_LEVEL: process.env['RUNNER_TEST_LOG'] ?? 'silent',
    RUNNER_SLOTS: '2',
    RUNNER_WARM: '0',
    RUNNER_MEMORY_BYTES: String(256 * 1024 * 1024),
    RUNNER_CHECKPOINT_SECONDS: '0.3',
    ...more,
  };
}

async function inProcess(
  bus: Bus,
  name: string,
  variables: Record<string, string>,
): Promise<() => Promise<void>> {
  process.umask(0o022);
  const config = { ...runnerConfig.parse(variables), home: variables['MODELWRIGHT_HOME'] ?? '' };
  const leaving = new AbortController();
  const records = bus.records('workers', worker);
  const facts = sampleWorker({ name, process: `${name}-${process.pid}-${performance.now()}` });
  await records.put(workerKey('gpu-runner', name), { ...facts, beatAt: Date.now() });
  const logger = createLogger({ service: 'gpu-runner', name, level: 'silent' });
  const executor = await openExecutor({
    ...{ config, logger, leaving: leaving.signal, worker: facts },
    clock: Date.now,
  });
  const host = { home: config.home, runnerHome: runnerHome(config.home, name) };
  const accelerators = await openAccelerators({
    ...{
      settings: config.acceleratorSettings,
      ...host,
      otherHolders: [holdersBy(executor)],
      clock: Date.now,
      logger,
    },
  });
  const running = await startRunner({
    bus,
    executor,
    accelerators,
    config,
    worker: { name, process: facts.process, setRunner: () => undefined },
    logger,
    leaving: leaving.signal,
    clock: Date.now,
  });
  return async () => {
    if (leaving.signal.aborted) return;
    leaving.abort();
    await running.drain();
  };
}

function spawnRunner(variables: Record<string, string>): ChildProcess {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  return spawn(process.execPath, [main], { env: variables, stdio: ['ignore', 'inherit', 'inherit'] });
}

/** By its record in KV `workers`, written when it takes jobs. */
async function ready(bus: Bus, name: string, child: ChildProcess): Promise<void> {
  const over = new AbortController();
  const dead = once(child, 'exit').then(([code]) => {
    over.abort();
    throw new Error(`the runner ended with ${code} before it was ready`);
  });
  const seen = async () => {
    for await (const change of bus
      .records('workers', worker)
      .watch(workerKey('gpu-runner', name), over.signal)) {
      if (change.value?.pid === child.pid) return over.abort();
    }
  };
  await Promise.race([seen(), dead]);
  dead.catch(() => undefined);
}

export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}

/** `messageId` is the job's own, unless the test wants the message twice. */
export async function send(bus: Bus, asked: Job, messageId = asked.id): Promise<void> {
  await bus.streams.publish({
    definition: job,
    subject: jobSubject(asked.class, asked.priority, asked.run),
    body: asked,
    messageId,
    run: asked.run,
  });
}
