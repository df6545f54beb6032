/**
 * What a warm worker is started for: the sandbox of a request without the job in it. Requests that agree in it can be
 * served by the same worker. Whether one really can is decided when it is handed over (`warm_fit.py`), from the specs.
 */
import type { SandboxMount, SandboxRequest } from './spec.ts';

/** Where programs see the folders of their job; all else belongs to their environment. */
const JOB_FOLDERS = '/mw/';
/** Variables of the kit, which the job loads itself; all others may be read by a library that is loaded ahead. */
const KIT_VARIABLES = 'MW_';

const GiB = 1024 ** 3;

/** While it loads its libraries. A job's limits replace these and may not be wider. */
const LIMITS: SandboxRequest['limits'] = {
  wallSeconds: 3600,
  memoryBytes: 2 * GiB,
  diskBytes: 2 ** 50,
  pids: 1024,
  openFiles: 65_536,
  temporaryBytes: 64 * 1024 ** 2,
};

/** Null for a request that only a sandbox of its own can serve. */
export function withoutItsJob(request: SandboxRequest): SandboxRequest | null {
  const { python, mounts = [], env = {}, isolation, network = 'none', uids } = request;
  const cwd = seenAt(request.cwd ?? '', mounts);
  if (!isPython(request) || cwd === null || isolation === 'none' || network !== 'none') return null;
  if (hasMore(request)) return null;
  const fixed = Object.entries(env).filter(([name]) => !name.startsWith(KIT_VARIABLES));
  if (fixed.some(([, value]) => namesMount(value, mounts))) return null;
  return {
    argv: ['@{python}'],
    cwd,
    env: Object.fromEntries(fixed.sort(([a], [b]) => (a < b ? -1 : 1))),
    ...(python === undefined ? {} : { python }),
    mounts: mounts.filter(({ target }) => !target.startsWith(JOB_FOLDERS)),
    limits: LIMITS,
    isolation: 'required',
    ...(uids === undefined ? {} : { uids }),
  };
}

/** `python script.py …` or `python -m module …`: what a worker can become. */
function isPython({ argv, python }: SandboxRequest): boolean {
  const [program, first = '', second = ''] = argv;
  if (python === undefined || python === null || program !== '@{python}') return false;
  if (first === '-m') return second !== '' && !second.startsWith('-');
  return first.endsWith('.py') && !first.startsWith('-');
}

/** What only a sandbox can hold that has held it from its beginning. */
function hasMore({ locks = [], devices = [], container = null }: SandboxRequest): boolean {
  return locks.length > 0 || devices.length > 0 || container !== null;
}

/** The folder behind `@{name}`, when it is one of the job's. */
function seenAt(cwd: string, mounts: readonly SandboxMount[]): string | null {
  const mount = mounts.find(({ name }) => cwd === `@{${name}}`);
  return mount?.target.startsWith(JOB_FOLDERS) === true ? mount.target : null;
}

function namesMount(value: string, mounts: readonly SandboxMount[]): boolean {
  return mounts.some(({ name }) => value.includes(`@{${name}}`));
}
