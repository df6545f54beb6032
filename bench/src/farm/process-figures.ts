/** What processes take of the machine, by /proc. */
import { readdir, readFile } from 'node:fs/promises';
import { familyOf, type ProcessStat, parseStat, type Ticks } from './process-stat.ts';

export interface ProcessFigures {
  readonly name: string;
  /** Resident memory now. */
  readonly residentBytes: number;
  /** The most it ever was. */
  readonly peakBytes: number;
  /** Of the children that live now, and their children. */
  readonly children: number;
  readonly childrenResidentBytes: number;
  /** Of the process itself, since it was started. */
  readonly cpuSeconds: number;
  /** Of the children it has waited for, and theirs. */
  readonly childrenCpuSeconds: number;
}

/** Linux counts processor time in hundredths of a second, whatever the machine. */
const TICKS_PER_SECOND = 100;

export async function figuresOf(
  processes: readonly { readonly name: string; readonly pid: number }[],
): Promise<ProcessFigures[]> {
  const all = await everyStat();
  return await Promise.all(
    processes.map(async ({ name, pid }) => {
      const memory = await memoryOf(pid);
      const children = await Promise.all(familyOf(pid, all).map(memoryOf));
      const ticks = all.find((one) => one.pid === pid)?.ticks;
      if (memory === null || ticks === undefined) throw new Error(`${name} has ended`);
      return {
        name,
        ...memory,
        children: children.length,
        childrenResidentBytes: children.reduce((sum, child) => sum + (child?.residentBytes ?? 0), 0),
        ...cpuOf(ticks),
      };
    }),
  );
}

const cpuOf = ({ own, children }: Ticks) => ({
  cpuSeconds: own / TICKS_PER_SECOND,
  childrenCpuSeconds: children / TICKS_PER_SECOND,
});

async function everyStat(): Promise<ProcessStat[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(pids.map((pid) => textOf(`/proc/${pid}/stat`)));
  return stats.flatMap((text) => (text === null ? [] : [parseStat(text)]));
}

/** Null when it has ended. */
async function memoryOf(pid: number): Promise<{ residentBytes: number; peakBytes: number } | null> {
  const status = await textOf(`/proc/${pid}/status`);
  if (status === null) return null;
  const kilobytes = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? 0);
  return { residentBytes: 1024 * kilobytes('VmRSS'), peakBytes: 1024 * kilobytes('VmHWM') };
}

/** Null when there is no such process any more. */
async function textOf(path: string): Promise<string | null> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null;
    throw error;
  });
}
