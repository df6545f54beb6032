/** What stands around a hostile program: secrets worth having, doors worth trying, and a record of who came. */
import { once } from 'node:events';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Job, TreeRef } from '@modelwright/contracts';
import type { RunnerBench } from '../testing/runner-bench.ts';

/** What programs are told, as `scene.json`: more than an attacker would know, but no secret. */
export interface Told {
  readonly labels: string;
  readonly secretVariable: string;
  readonly runnerPid: number;
  readonly jobs: string;
  readonly cache: string;
  readonly engineSocket: string;
  readonly abstractSocket: string;
  readonly natsPort: number;
  readonly tcpPort: number;
  /** Of the host, besides loopback. */
  readonly addresses: readonly string[];
  /** A file that a trap would make. */
  readonly trap: string;
}

export interface Scene extends AsyncDisposable {
  readonly told: Told;
  /** In every secret that was planted. */
  readonly mark: string;
  readonly data: TreeRef;
  readonly dataText: string;
  /** Which of the doors were tried with success. */
  visits(): readonly string[];
}

export const SECRET_VARIABLE = 'MW_PLANTED_SECRET';
export const MARK = `planted-${process.pid}-${Math.trunc(performance.now())}`;
export const RUNNER = 'hostile';

export interface SceneParts {
  readonly bench: RunnerBench;
  readonly runnerPid: number;
}

/** @param parts The runner must be called `RUNNER` and have `SECRET_VARIABLE` set to `MARK`. */
export async function setScene({ bench, runnerPid }: SceneParts): Promise<Scene> {
  await using stack = new AsyncDisposableStack();
  const labels = join(bench.home, 'grading', 'labels.csv');
  await mkdir(join(bench.home, 'grading'));
  await writeFile(labels, `id,y\n1,${MARK}\n`);
  // Open to everybody, and so is the way there: what keeps a program out is not that the file has an owner.
  await chmod(bench.home, 0o755);
  await chmod(labels, 0o666);

  const visits: string[] = [];
  const engineSocket = join(bench.home, 'docker.sock');
  const abstractSocket = `mw-${MARK}`;
  const tcp = await door('a server of the host', visits, { port: 0, host: '0.0.0.0' });
  stack.defer(() => closed(tcp));
  const engine = await door('a container engine', visits, { path: engineSocket });
  stack.defer(() => closed(engine));
  await chmod(engineSocket, 0o666);
  const abstract = await door('an abstract socket', visits, { path: `\0${abstractSocket}` });
  stack.defer(() => closed(abstract));

  const dataText = 'a,b\n1,2\n';
  const home = join(bench.home, 'runners', RUNNER);
  const told = {
    labels,
    secretVariable: SECRET_VARIABLE,
    runnerPid,
    jobs: join(home, 'jobs'),
    cache: join(home, 'cache'),
    engineSocket,
    abstractSocket,
    natsPort: bench.server.port,
    tcpPort: portOf(tcp),
    addresses: addresses(),
    trap: join(bench.home, 'trap-was-sprung'),
  };
  await rm(told.trap, { force: true });
  const data = await bench.tree({ 'train.csv': dataText });
  const open = stack.move();
  return {
    told,
    mark: MARK,
    data,
    dataText,
    visits: () => visits,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

/** Another run's job beside the hostile ones, with data and a variable worth reading. Resolves when it runs. */
export async function startNeighbour(bench: RunnerBench, limits: Job['limits']): Promise<void> {
  const run = 'neighbour-abc123-03';
  const neighbour = await bench.submit('import time\nprint("up", flush=True)\ntime.sleep(3600)', {
    id: `${run}_c1_train_1`,
    run,
    data: await bench.tree({ 'train.csv': `id,y\n1,${MARK}\n` }),
    variables: { MW_NEIGHBOUR: MARK },
    limits: { ...limits, wallSeconds: 3600, stallSeconds: 3600 },
  });
  await bench.firstLine(neighbour);
}

async function door(
  name: string,
  visits: string[],
  where: { path: string } | { port: number; host: string },
): Promise<Server> {
  const server = createServer((visitor) => {
    visits.push(name);
    visitor.on('error', () => visitor.destroy());
    visitor.end(MARK);
  });
  server.listen(where);
  await once(server, 'listening');
  return server;
}

async function closed(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((one) => one ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}
