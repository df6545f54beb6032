/** A job as the sandbox is asked to run it: what it sees, its environment, its limits. */
import { dirname } from 'node:path';
import type { Job } from '@modelwright/contracts';
import type { SandboxMount, SandboxRequest } from '@modelwright/sandbox';
import { acceleratorVariables } from '../../core/accelerators/variables.ts';
import { assetVariables } from '../../core/assets/placements.ts';
import type { Environment, Execution, Places } from '../../handlers/executor.ts';

/** What this host grants at most. */
export interface RequestLimits {
  readonly memoryBytes: number;
  readonly uidBase: number;
  readonly isolation: 'best' | 'required';
}

const MiB = 1024 * 1024;
const UIDS = 10_000;
/** Libraries that start a thread per processor they see, unless told. */
const THREADS = ['OMP', 'OPENBLAS', 'MKL', 'NUMEXPR', 'VECLIB_MAXIMUM'];

export function sandboxRequest(execution: Execution, host: RequestLimits): SandboxRequest {
  const { job, places, environment, accelerators } = execution;
  const [program = '', ...rest] = job.command;
  const memoryBytes = Math.min(job.limits.memoryBytes, host.memoryBytes);
  const tail = Math.max(64 * 1024, Math.floor(job.limits.logBytes / 8));
  return {
    argv: [program === 'python' ? '@{python}' : program, ...rest],
    cwd: '@{work}',
    env: { ...variables(job, places, environment), ...acceleratorVariables(accelerators) },
    python: environment.python,
    mounts: mounts(places, environment),
    limits: {
      wallSeconds: job.limits.wallSeconds,
      graceSeconds: job.limits.graceSeconds,
      stallSeconds: job.limits.stallSeconds,
      memoryBytes,
      diskBytes: job.limits.diskBytes,
      pids: job.limits.pids,
      cpus: job.limits.cpus,
      temporaryBytes: Math.max(16 * MiB, Math.floor(memoryBytes / 4)),
      outputHeadBytes: Math.max(64 * 1024, job.limits.logBytes - tail),
      outputTailBytes: tail,
    },
    locks: accelerators.map((one) => ({ path: one.lockFile, shared: one.shared })),
    devices: [...new Set(accelerators.flatMap((one) => one.deviceFiles))],
    isolation: host.isolation,
    uids: { first: host.uidBase, count: UIDS },
  };
}

/** The whole environment of the program. `@{…}` is replaced by where the program sees that place. */
function variables(job: Job, places: Places, environment: Environment): Record<string, string> {
  const cpus = String(Math.max(1, Math.floor(job.limits.cpus)));
  return {
    ...job.variables,
    PATH: `${dirname(environment.python)}:/usr/local/bin:/usr/bin:/bin`,
    HOME: '@{tmp}',
    TMPDIR: '@{tmp}',
    LANG: 'C.UTF-8',
    PYTHONUNBUFFERED: '1',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    ...Object.fromEntries(THREADS.map((name) => [`${name}_NUM_THREADS`, cpus])),
    // Threads that wait by spinning burn the job's share of the processor: on a busy host that costs a factor of 2 to 6.
    OMP_WAIT_POLICY: 'passive',
    LOKY_MAX_CPU_COUNT: cpus,
    MW_CPUS: cpus,
    MW_OUT: '@{out}',
    MW_JOB: job.id,
    ...(places.data === null ? {} : { MW_DATA: '@{data}' }),
    ...(places.inputs === null ? {} : { MW_INPUTS: '@{inputs}' }),
    ...(places.resume === null ? {} : { MW_RESUME: '@{resume}' }),
    ...assetVariables(places.assets === null ? null : '@{assets}'),
  };
}

function mounts(places: Places, environment: Environment): SandboxMount[] {
  const found: SandboxMount[] = [
    { name: 'work', source: places.work, target: '/mw/work', writable: true },
    { name: 'out', source: places.out, target: '/mw/out', writable: true },
  ];
  for (const name of ['data', 'inputs', 'resume', 'assets'] as const) {
    const source = places[name];
    if (source !== null) found.push({ name, source, target: `/mw/${name}`, writable: false });
  }
  for (const [n, folder] of environment.folders.entries()) {
    found.push({ name: `packages-${n}`, source: folder, target: folder, writable: false });
  }
  return found;
}
