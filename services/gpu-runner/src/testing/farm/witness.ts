/**
 * Watches a host from outside: which programs run, and which accelerators each was told it has. It reads the environment
 * of every process now and then, as the kernel has it, so it sees what no runner and no record tells.
 */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface Seen {
  readonly job: string;
  readonly pid: number;
  readonly uuids: readonly string[];
}

export interface Testimony {
  /** Accelerators that two programs had at the same moment. */
  readonly heldTwice: readonly string[];
  /** Job → process ids of its programs; more than one means that it was executed more than once. */
  readonly programs: ReadonlyMap<string, ReadonlySet<number>>;
  readonly looks: number;
}

/** The variable by which the programs of a farm are told from all else on the machine. */
export const MARK = 'MW_FARM_JOB';

const EVERY_MS = 150;

export async function witness(signal: AbortSignal): Promise<Testimony> {
  const heldTwice: string[] = [];
  const programs = new Map<string, Set<number>>();
  let looks = 0;
  while (!signal.aborted) {
    const seen = await look();
    looks += 1;
    for (const { job, pid } of seen) programs.set(job, (programs.get(job) ?? new Set()).add(pid));
    heldTwice.push(...twice(seen));
    await delay(EVERY_MS, undefined, { signal }).catch(() => undefined); // told to stop
  }
  return { heldTwice, programs, looks };
}

async function look(): Promise<Seen[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(programOf));
  return found.filter((one) => one !== null);
}

async function programOf(pid: string): Promise<Seen | null> {
  const text = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''); // it has ended, or is not ours to read
  const variables = new Map(text.split('\0').map((entry) => splitOnce(entry)));
  const job = variables.get(MARK);
  if (job === undefined) return null;
  const uuids = (variables.get('CUDA_VISIBLE_DEVICES') ?? '').split(',').filter((uuid) => uuid !== '');
  return { job, pid: Number(pid), uuids };
}

function splitOnce(entry: string): [string, string] {
  const at = entry.indexOf('=');
  return [entry.slice(0, at), entry.slice(at + 1)];
}

function twice(seen: readonly Seen[]): string[] {
  const holders = new Map<string, number>();
  for (const { uuids, pid } of seen) {
    for (const uuid of uuids) {
      if (holders.has(uuid)) return [`${uuid} by processes ${holders.get(uuid)} and ${pid}`];
      holders.set(uuid, pid);
    }
  }
  return [];
}
