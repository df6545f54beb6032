/**
 * Processes of this machine, known by pid and start: a pid alone may have been given to another program since.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

export interface ProcessIdentity {
  readonly pid: number;
  /** Boot and start of the process; the same text means the same process. */
  readonly born: string;
}

/** The process that has this pid now; null when there is none, or only its exit status is left. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const born = process.platform === 'linux' ? await bornOnLinux(pid) : await bornByPs(pid);
  return born === null ? null : { pid, born };
}

export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.born === identity.born;
}

/** Sends the signal if the process is still the one that was recorded; false when it is gone. */
export async function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): Promise<boolean> {
  if (!(await isAlive(identity))) return false;
  try {
    process.kill(identity.pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

/** Whether the process ended within the time. */
export async function awaitEnd(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (await isAlive(identity)) {
    if (performance.now() > deadline) return false;
    await delay(50);
  }
  return true;
}

/** Resident memory in bytes; null where it cannot be told. */
export async function residentBytes(pid: number): Promise<number | null> {
  if (process.platform === 'linux') {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  }
  const kilobytes = Number((await ps(pid, 'rss=')).trim());
  return kilobytes > 0 ? kilobytes * 1024 : null;
}

/** Fields 3 and 22 of /proc/<pid>/stat: state, and start in clock ticks since the boot that boot_id names. */
async function bornOnLinux(pid: number): Promise<string | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  if (stat === null) return null;
  // The second field is the name in brackets and may itself hold brackets and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return null;
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  return `${boot.trim()}:${fields[19] ?? ''}`;
}

async function bornByPs(pid: number): Promise<string | null> {
  const [state, ...start] = (await ps(pid, 'stat=,lstart=')).trim().split(/\s+/);
  return state === undefined || state === '' || state.startsWith('Z') ? null : start.join(' ');
}

async function ps(pid: number, columns: string): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', columns, '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  return stdout;
}
