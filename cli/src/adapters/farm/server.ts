/** The nats-server of this machine: found, configured, started, waited for. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BusUser, natsConfig, supportsSyncAlways } from '@modelwright/bus';
import { badInput, unavailable } from '../../core/problem.ts';
import { type Started, startInBackground, tailOf } from '../background.ts';
import { anyFreePort, isFree } from '../free-port.ts';
import { isAlive, signalProcess } from '../process-table.ts';
import type { RecordedServer, StateFolder } from '../state-folder.ts';

export interface ServerProgram {
  readonly path: string;
  readonly version: string;
}

export interface PortWish {
  /** What `--port` says; null: any. */
  readonly stated: number | null;
  /** Where it listened last time. */
  readonly before: number | null;
  /** Whether services live that know it only there. */
  readonly services: boolean;
}

const USUAL_PORT = 4222;
const LONGEST_START_MS = 20_000;
const LONGEST_SILENCE_MS = 5_000;
const LONGEST_RELEASE_MS = 2_000;

export interface RunningServer extends RecordedServer {
  readonly ended: Promise<string>;
}

export async function startServer(
  state: StateFolder,
  program: ServerProgram,
  wish: PortWish,
  process: { readonly environment: Readonly<Record<string, string>>; readonly log: string | null },
): Promise<RunningServer> {
  const { environment, log } = process;
  const port = await choosePort(wish);
  const configFile = join(state.natsFolder, 'nats-server.conf');
  // The manager makes streams of this scale: the server must grant them.
  const scale = Number(environment['MODELWRIGHT_STORAGE_SCALE'] ?? 1);
  await writeConfig(state, program, { port, scale, file: configFile });
  const started = await startInBackground({
    command: program.path,
    arguments: ['-c', configFile],
    environment,
    cwd: state.path,
    log,
  });
  try {
    await awaitListening(started, port, log);
  } catch (error) {
    await signalProcess(started, 'SIGKILL');
    throw error;
  }
  const { path, version } = program;
  return {
    pid: started.pid,
    born: started.born,
    ended: started.ended,
    port,
    version,
    path,
    since: Date.now(),
    log,
  };
}

/** The stated port or none; else the one of last time, the usual one, any that is free. */
async function choosePort({ stated, before, services }: PortWish): Promise<number> {
  if (stated !== null) {
    if (await isFree(stated)) return stated;
    throw badInput({
      message: `port ${stated} is in use`,
      remedy: 'Leave --port away to have a free one chosen, or name another.',
    });
  }
  if (before !== null && (await becomesFree(before))) return before;
  if (before !== null && services) {
    throw badInput({
      message: `services still run and look for nats-server at port ${before}, which another program has taken`,
      remedy: 'modelwright down, then modelwright up',
    });
  }
  return (await isFree(USUAL_PORT)) ? USUAL_PORT : anyFreePort();
}

/** A server that was killed may hold its port until the last of its threads is gone. */
async function becomesFree(port: number): Promise<boolean> {
  const deadline = performance.now() + LONGEST_RELEASE_MS;
  while (!(await isFree(port))) {
    if (performance.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

async function writeConfig(
  state: StateFolder,
  { version }: ServerProgram,
  { port, scale, file }: { port: number; scale: number; file: string },
) {
  await mkdir(state.natsFolder, { recursive: true, mode: 0o700 });
  await chmod(state.natsFolder, 0o700);
  const passwords = await passwordsOf(state);
  const config = natsConfig({
    port,
    storeDir: join(state.natsFolder, 'jetstream'),
    passwords,
    syncAlways: supportsSyncAlways(version),
    scale,
  });
  await writeFile(file, config, { mode: 0o600 });
}

async function passwordsOf(state: StateFolder): Promise<Record<BusUser, string>> {
  const draw = (user: BusUser) => state.password(user);
  return {
    manager: await draw('manager'),
    designer: await draw('designer'),
    coder: await draw('coder'),
    tuner: await draw('tuner'),
    runner: await draw('runner'),
    cli: await draw('cli'),
  };
}

/** Until it greets as a NATS server does; a process that ended instead is refused with the end of its log. */
async function awaitListening(started: Started, port: number, log: string | null): Promise<void> {
  let ended: string | null = null;
  void started.ended.then((how) => {
    ended = how;
  });
  const deadline = performance.now() + LONGEST_START_MS;
  while (!(await greets(port))) {
    if (ended !== null || performance.now() > deadline) {
      const tail = await tailOf(log, 5).catch(() => '');
      throw unavailable({
        message:
          ended === null
            ? `nats-server does not answer at port ${port}`
            : `nats-server ended at its start (${ended})`,
        remedy: `The end of its log${log === null ? '' : ` (${log})`} says:\n${tail}`,
      });
    }
    await delay(25);
  }
}

/** Whether a recorded server serves, or has just ended; refuses one that lives and says nothing. */
export async function isServing(server: RecordedServer): Promise<boolean> {
  const deadline = performance.now() + LONGEST_SILENCE_MS;
  while (await isAlive(server)) {
    if (await greets(server.port)) return true;
    if (performance.now() > deadline) {
      throw unavailable({
        message: `nats-server (process ${server.pid}) runs and does not answer at port ${server.port}`,
        remedy: 'modelwright down --kill, then modelwright up',
        file: server.log ?? undefined,
      });
    }
    await delay(100);
  }
  return false;
}

function greets(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const settle = (greeted: boolean) => {
      socket.destroy();
      answer(greeted);
    };
    socket.setTimeout(1000, () => settle(false));
    socket.once('error', () => settle(false));
    socket.once('data', (data) => settle(data.toString('latin1').startsWith('INFO ')));
  });
}
