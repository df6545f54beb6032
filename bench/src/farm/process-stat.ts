/** The text of /proc/<pid>/stat, and who descends from whom. Pure. */

export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: Ticks;
}

/** Processor time, user and system together, in clock ticks. */
export interface Ticks {
  readonly own: number;
  /** Of children that have ended and were waited for, and theirs. */
  readonly children: number;
}

/** Fields by proc(5): 4 ppid, 14 utime, 15 stime, 16 cutime, 17 cstime. */
export function parseStat(text: string): ProcessStat {
  // The second field is the name in brackets and may itself hold brackets and blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (number: number) => Number(fields[number - 3] ?? 0);
  return {
    pid: Number.parseInt(text, 10),
    parent: field(4),
    ticks: { own: field(14) + field(15), children: field(16) + field(17) },
  };
}

/** All that descend from the process, without itself. */
export function familyOf(pid: number, all: readonly ProcessStat[]): number[] {
  const children = all.filter((one) => one.parent === pid).map((one) => one.pid);
  return children.flatMap((child) => [child, ...familyOf(child, all)]);
}
