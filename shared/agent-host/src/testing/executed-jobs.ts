/**
 * Jobs that are really executed, as plain processes of this machine: for tests of what programs leave. There is no sandbox;
 * the programs are the tests' own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ContentStore } from '@modelwright/bus';
import type { Job } from '@modelwright/contracts';
import { checkoutBundle } from '@modelwright/workspace';
import type { JobScript, ScriptedOutcome } from './scripted-runner.ts';

export interface ExecutedJobs {
  readonly store: ContentStore;
  /** An interpreter: what `python` stands for. */
  readonly python: string;
  /** Folders of jobs are made here. */
  readonly folder: string;
}

export function executedJobs(place: ExecutedJobs): JobScript {
  return async (job) => {
    const folder = await mkdtemp(join(place.folder, 'job-'));
    await prepare(place.store, job, folder);
    const ended = await run(job, folder, place.python);
    const left = await readdir(join(folder, 'out'));
    const tree = left.length === 0 ? null : await place.store.putTree('artifacts', join(folder, 'out'));
    const output =
      tree === null ? null : { kind: tree.kind, store: tree.store, sha256: tree.sha256, size: tree.size };
    return { ...ended, output };
  };
}

async function prepare(store: ContentStore, job: Job, folder: string): Promise<void> {
  await mkdir(join(folder, 'out'));
  await mkdir(join(folder, 'inputs'));
  const work = join(folder, 'work');
  if (job.code.kind === 'tree') {
    await store.getTree(job.code.tree, work);
  } else {
    await store.getFile(job.code.bundle, join(folder, 'bundle'));
    await checkoutBundle(join(folder, 'bundle'), job.code.commit, work);
  }
  for (const [path, content] of Object.entries(job.overlay)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    await writeFile(join(work, path), content);
  }
  if (job.data !== null) await store.getTree(job.data, join(folder, 'data'));
  for (const [name, { tree }] of Object.entries(job.inputs)) {
    await store.getTree(tree, join(folder, 'inputs', name));
  }
}

async function run(job: Job, folder: string, python: string): Promise<ScriptedOutcome> {
  const [program = '', ...args] = job.command;
  const started = performance.now();
  const child = spawn(program === 'python' ? python : program, args, {
    cwd: join(folder, 'work'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...job.variables,
      PATH: `${dirname(python)}:/usr/local/bin:/usr/bin:/bin`,
      HOME: folder,
      PYTHONDONTWRITEBYTECODE: '1',
      MW_OUT: join(folder, 'out'),
      MW_DATA: join(folder, 'data'),
      MW_INPUTS: join(folder, 'inputs'),
      MW_CPUS: '1',
    },
  });
  const [stdoutTail, stderrTail, exitCode] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    exitOf(child),
  ]);
  const wallSeconds = (performance.now() - started) / 1000;
  const end = exitCode === 0 ? ('finished' as const) : ('failed' as const);
  return { end, reason: `exit code ${exitCode}`, exitCode, wallSeconds, stdoutTail, stderrTail };
}

async function textOf(stream: AsyncIterable<unknown>): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text.slice(-8000);
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? -1));
  });
}
