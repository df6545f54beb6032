/** A hostile program as a job, as an ordinary process, and what is to be seen of it afterwards. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Job, JobLimits } from '@modelwright/contracts';
import { type RunnerBench, testPython } from '../testing/runner-bench.ts';
import { sampleJob } from '../testing/samples.ts';
import type { Aftermath, HostileProgram } from './hostile-program.ts';
import type { Scene } from './scene.ts';

const MiB = 1024 * 1024;
const LARGEST_READ_BYTES = 4 * MiB;

/** Small, so that every program meets one of them within seconds. */
export const LIMITS: JobLimits = {
  ...sampleJob().limits,
  wallSeconds: 60,
  stallSeconds: 30,
  // A runner grants less, if it is told to.
  memoryBytes: 1024 * MiB,
  diskBytes: 64 * MiB,
};

/** Has the program executed by a runner. Resolves when its outcome is there. */
export async function execute(bench: RunnerBench, scene: Scene, program: HostileProgram): Promise<Aftermath> {
  const { 'main.py': main, ...files } = await filesOf(program, scene);
  const job = await bench.submit(
    main,
    {
      limits: { ...LIMITS, ...program.limits },
      ...(program.data === true ? { data: scene.data } : {}),
    },
    files,
  );
  const outcome = await bench.outcome(job);
  const manifest = outcome.output === null ? null : await bench.bus.store.readManifest(outcome.output);
  const stored = manifest?.files.map(({ path }) => path).sort() ?? [];
  return { bench, scene, job, outcome, stored };
}

/** Runs the program as nobody should: as an ordinary process of this user. Returns what it said. */
export async function runUncontained(scene: Scene, program: HostileProgram): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-uncontained-'));
  try {
    for (const [name, text] of Object.entries(await filesOf(program, scene))) {
      await writeFile(join(folder, name), text);
    }
    await mkdir(join(folder, 'out'));
    const env = { ...process.env, MW_OUT: join(folder, 'out'), SOME_TOKEN: scene.mark };
    const { stdout } = await promisify(execFile)(testPython(), ['main.py'], { cwd: folder, env });
    return stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function filesOf(program: HostileProgram, scene: Scene) {
  return {
    'main.py': await programText(program.file),
    'attempts.py': await programText('attempts.py'),
    'scene.json': JSON.stringify(scene.told),
  };
}

function programText(name: string): Promise<string> {
  return readFile(fileURLToPath(new URL(`programs/${name}`, import.meta.url)), 'utf8');
}

/** Everything that came out: what the outcome says, and the text of what was stored. */
export async function cameOut({ bench, outcome }: Aftermath): Promise<string> {
  const texts = [JSON.stringify(outcome)];
  if (outcome.output === null) return texts.join('\n');
  const { files } = await bench.bus.store.readManifest(outcome.output);
  for (const { path, size } of files.filter((file) => file.size <= LARGEST_READ_BYTES)) {
    const bytes = size === 0 ? null : await bench.bus.store.getTreeFile(outcome.output, path);
    texts.push(path, Buffer.from(bytes ?? []).toString('latin1'));
  }
  return texts.join('\n');
}

/** Command lines of live processes that belong to the job, by its id or by the name that the daemon takes. */
export async function leftovers(job: Job): Promise<string[]> {
  const found: string[] = [];
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    // A process that ends while we look has neither any more.
    const words = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    const variables = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
    if (variables.split('\0').includes(`MW_JOB=${job.id}`) || words.startsWith('hidden-daemon-')) {
      found.push(words.replaceAll('\0', ' '));
    }
  }
  return found;
}
