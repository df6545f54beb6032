/**
 * Runs the program contained: no network, and of the file system only what it reads and writes.
 *
 * Paths are the same inside and outside. The program runs under a user of its own where the host allows,
 * so what it reads must be readable for others; folders it writes to are lent to it and taken back.
 */
import { runContained, type SandboxHost, type SandboxMount, type SandboxRequest } from '@modelwright/sandbox';
import { LAUNCH_ENVIRONMENT, type Launch, MOST_OUTPUT_BYTES, type Program } from './launch.ts';

export interface SandboxedLaunchOptions {
  readonly host: SandboxHost;
  /** `required` refuses to run uncontained; `best` takes what the host grants. */
  readonly isolation: 'best' | 'required';
}

export function sandboxedLaunch({ host, isolation }: SandboxedLaunchOptions): Launch {
  return async (program, signal) => {
    signal?.throwIfAborted();
    const { exit, stdout, stderr } = await runContained(host, sandboxRequest(program, isolation), {
      stdin: Buffer.from(program.stdin),
      ...(signal === undefined ? {} : { signal }),
    });
    signal?.throwIfAborted();
    const byItself = exit.outcome === 'finished' || exit.outcome === 'failed';
    return {
      exitCode: byItself ? exit.exitCode : null,
      stopped: byItself && exit.exitCode !== null ? null : exit.reason,
      stdout: stdout.toString('utf8'),
      stderr: stderr.toString('utf8'),
    };
  };
}

function sandboxRequest(program: Program, isolation: 'best' | 'required'): SandboxRequest {
  const [python, ...words] = program.argv;
  return {
    argv: ['@{python}', ...words],
    cwd: '@{tmp}',
    env: { ...LAUNCH_ENVIRONMENT, HOME: '@{tmp}', TMPDIR: '@{tmp}', PATH: '/usr/bin:/bin' },
    python,
    // A folder that is written to comes first: a file in it that is only read is then laid over it.
    mounts: [...mounts('writes', program.writes, true), ...mounts('reads', program.reads, false)],
    limits: {
      wallSeconds: program.limits.seconds,
      graceSeconds: 1,
      memoryBytes: program.limits.memoryBytes,
      diskBytes: 64 * 1024 ** 3,
      pids: 64,
      outputHeadBytes: MOST_OUTPUT_BYTES,
    },
    isolation,
  };
}

function mounts(name: string, paths: readonly string[], writable: boolean): SandboxMount[] {
  return [...new Set(paths)].map((path, at) => ({
    name: `${name}${at}`,
    source: path,
    target: path,
    writable,
  }));
}
