/** Runs the probe program through everything that a job goes through. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { OUTPUT_START, outputTail, readOutput, type SandboxRequest } from '@modelwright/sandbox';
import type { SupervisedPrograms } from '../supervised/supervised-programs.ts';
import type { ContainerMaker } from './container-maker.ts';
import { inScratch } from './docker-base.ts';
import { DockerRefusal } from './engine-facts.ts';
import { PROBE_PROGRAM, type ProbeReport, probeReport } from './probe-program.ts';

const MiB = 1024 * 1024;
const WALL_SECONDS = 60;

export interface ProbeParts {
  readonly maker: ContainerMaker;
  readonly programs: SupervisedPrograms;
  readonly home: string;
  readonly labels: (record: string, seconds: number) => Readonly<Record<string, string>>;
}

/** Throws a DockerRefusal when the program did not even run. */
export async function probeContainer(parts: ProbeParts): Promise<ProbeReport> {
  const listener = createServer((socket) => socket.destroy());
  const port = await listening(listener);
  try {
    return await inScratch(parts.home, 'probe-', (folder) => probeIn(folder, port, parts));
  } finally {
    listener.close();
  }
}

async function probeIn(folder: string, port: number, { maker, programs, labels }: ProbeParts) {
  const places = {
    record: join(folder, 'record'),
    work: join(folder, 'work'),
    out: join(folder, 'out'),
    secret: join(folder, 'secret'),
  };
  for (const path of [places.record, places.work, places.out]) await mkdir(path);
  await writeFile(places.secret, 'of the host');
  await writeFile(join(places.work, 'probe.py'), PROBE_PROGRAM);
  const kind = { labels: labels(places.record, WALL_SECONDS), network: 'none', accelerators: [] };
  const begun = await programs.begin(places.record, () =>
    maker.make(places.record, probeRequest(places, port), kind),
  );
  const ending = begun ?? (await programs.ending(places.record, AbortSignal.timeout(2000 * WALL_SECONDS)));
  if (ending === null || !('end' in ending) || ending.end !== 'finished')
    throw new DockerRefusal(
      `a program did not run in a container: ${await whyNot(places.record, ending)}. The image needs python3, and the engine must see this runner's folders under the same paths`,
    );
  const [line] = (await readOutput(places.record, 'stdout', OUTPUT_START)).lines;
  return probeReport.parse(JSON.parse(line?.text ?? ''));
}

async function whyNot(
  record: string,
  ending: { reason: string } | { notNow: string } | null,
): Promise<string> {
  if (ending === null) return 'no end in sight';
  if ('notNow' in ending) return ending.notNow;
  return `${ending.reason} ${await outputTail(record, 'stderr', 300)}`.trim();
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the probe has no port to listen on');
  return address.port;
}

function probeRequest(places: { work: string; out: string; secret: string }, port: number): SandboxRequest {
  return {
    argv: ['python3', 'probe.py', places.secret, String(port)],
    cwd: '@{work}',
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8', MW_OUT: '@{out}' },
    mounts: [
      { name: 'work', source: places.work, target: '/mw/work', writable: true },
      { name: 'out', source: places.out, target: '/mw/out', writable: true },
    ],
    limits: {
      wallSeconds: WALL_SECONDS,
      memoryBytes: 256 * MiB,
      diskBytes: 16 * MiB,
      pids: 16,
      temporaryBytes: MiB,
    },
  };
}
