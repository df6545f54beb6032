/** A folder with a program, its work and output, for tests that run real programs. */
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { SandboxHost } from '../interpreter.ts';
import type { SandboxLimits, SandboxRequest } from '../spec.ts';

const MiB = 1024 * 1024;

/** The interpreter behind `MODELWRIGHT_PYTHON`, or behind the system's `python3`. */
export function testHost(): SandboxHost {
  const python = process.env['MODELWRIGHT_PYTHON'] ?? 'python3';
  const where = 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)';
  return { python: execFileSync(python, ['-I', '-c', where], { encoding: 'utf8' }).trim() };
}

export interface JobBench {
  readonly folder: string;
  readonly jobdir: string;
  readonly work: string;
  readonly out: string;
  request(program: string, limits?: Partial<SandboxLimits>, argv?: string[]): Promise<SandboxRequest>;
  /** Command lines of live processes that run this bench's program. */
  leftovers(): Promise<string[]>;
  remove(): Promise<void>;
}

/** Limits are small, so that every hostile program meets one of them within seconds. */
export async function jobBench(python: string): Promise<JobBench> {
  const folder = await mkdtemp(join(tmpdir(), 'mw-bench-'));
  await chmod(folder, 0o755);
  // A name of its own, so that what is left of the program can be told from anything else on the host.
  const main = `${basename(folder)}.py`;
  const [jobdir, work, out] = [join(folder, 'job'), join(folder, 'work'), join(folder, 'out')];
  for (const path of [jobdir, work, out]) await mkdir(path);
  return {
    folder,
    jobdir,
    work,
    out,
    async request(program, limits = {}, argv = []) {
      await writeFile(join(work, main), program);
      return {
        argv: ['@{python}', main, ...argv],
        cwd: '@{work}',
        env: { PATH: '/usr/bin:/bin', HOME: '@{tmp}', MW_OUT: '@{out}', LANG: 'C.UTF-8' },
        python,
        mounts: [
          { name: 'work', source: work, target: '/mw/work', writable: true },
          { name: 'out', source: out, target: '/mw/out', writable: true },
        ],
        limits: {
          wallSeconds: 20,
          graceSeconds: 1,
          memoryBytes: 128 * MiB,
          diskBytes: 64 * MiB,
          pids: 32,
          temporaryBytes: 8 * MiB,
          outputHeadBytes: 256 * 1024,
          outputTailBytes: 64 * 1024,
          ...limits,
        },
      };
    },
    leftovers: () => processesRunning(main),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function processesRunning(main: string): Promise<string[]> {
  const lines: string[] = [];
  for (const entry of await readdir('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    // A process that ends while we look has no command line any more.
    const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(main)) lines.push(command);
  }
  return lines;
}
