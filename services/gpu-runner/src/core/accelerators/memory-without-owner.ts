/** Whether an accelerator that should be empty is not: then jobs would run out of its memory with nothing of theirs on it. */

/** What a driver and a display keep for themselves is far less. */
const TOLERATED_SHARE = 0.1;

export interface Occupied {
  readonly usedBytes: number;
  readonly processes: ReadonlyArray<{ readonly pid: number; readonly usedBytes: number | null }>;
}

/** Asked of one that nobody holds, after a job ran out of memory on it. Why it is not to be used; null when it may be. */
export function memoryWithoutOwner(seen: Occupied, memoryBytes: number): string | null {
  if (seen.usedBytes <= TOLERATED_SHARE * memoryBytes) return null;
  const used = `${gibibytes(seen.usedBytes)} of its ${gibibytes(memoryBytes)} GiB are in use`;
  if (seen.processes.length === 0)
    return `${used} though no process has anything on it: memory was not given back`;
  const pids = seen.processes.slice(0, 5).map((one) => one.pid);
  return `${used} by what no runner started: process ${pids.join(', ')}`;
}

const gibibytes = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
