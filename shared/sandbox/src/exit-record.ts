/** How a contained program ended and what held it in: the `exit.json` of a job folder. */
import { z } from 'zod';

export const sandboxOutcome = z.enum([
  'finished',
  'failed',
  'out-of-memory',
  'timed-out',
  'stalled',
  'disk-full',
  'cancelled',
  /** Supervisor or host went away first. */
  'lost',
  /** It could not be started, or not contained as required. */
  'refused',
]);
export type SandboxOutcome = z.infer<typeof sandboxOutcome>;

const enforcer = z.enum(['cgroup', 'rlimit', 'none']);

/** What held for one job, field by field, as the kernel granted it. */
export const isolationRecord = z.object({
  mode: z.enum(['root', 'user', 'none', 'container']),
  uid: z.int().nullable(),
  ownUser: z.boolean(),
  filesystem: z.boolean(),
  processes: z.boolean(),
  network: z.boolean(),
  capabilities: z.boolean(),
  noNewPrivileges: z.boolean(),
  memory: enforcer,
  pids: enforcer,
  cpu: enforcer,
  notes: z.array(z.string()),
});
export type IsolationRecord = z.infer<typeof isolationRecord>;

const outputCount = z.object({ lines: z.int(), bytes: z.int(), droppedLines: z.int() });

export const exitRecord = z.object({
  version: z.literal(1),
  outcome: sandboxOutcome,
  /** A sentence without a subject: `it ended with exit code 0`. */
  reason: z.string(),
  exitCode: z.int().nullable(),
  signal: z.string().nullable(),
  /** Milliseconds since the epoch. */
  startedAt: z.int(),
  endedAt: z.int(),
  wallSeconds: z.number(),
  cpuSeconds: z.number(),
  maxRssBytes: z.int(),
  diskBytes: z.int(),
  /** What was taken out of the writable folders because a trusted reader must not follow it. */
  removed: z.array(z.string()),
  output: z.object({ stdout: outputCount, stderr: outputCount }),
  /** Null when nothing was started. */
  isolation: isolationRecord.nullable(),
  /** Why the machine under it is in doubt: its processes could not be killed. */
  suspect: z.string().nullable().default(null),
});
export type ExitRecord = z.infer<typeof exitRecord>;

export type IsolationLevel = 'contained' | 'partial' | 'none';

/** One word for people: `none` wherever the program could reach files, network or processes of the host. */
export function isolationLevel(record: IsolationRecord): IsolationLevel {
  if (!(record.filesystem && record.network && record.processes)) return 'none';
  return record.capabilities && record.memory === 'cgroup' && record.pids === 'cgroup'
    ? 'contained'
    : 'partial';
}

/** The record as short lines, what is missing said in capitals-free plain words. */
export function isolationNotes(record: IsolationRecord): string[] {
  const own = (held: boolean) => (held ? 'own namespace' : 'NOT isolated');
  const limited = (by: 'cgroup' | 'rlimit' | 'none') =>
    ({ cgroup: 'limited by control group', rlimit: 'limited per process only', none: 'NOT limited' })[by];
  return [
    record.ownUser ? `user: own id ${record.uid}` : 'user: the same as the runner',
    `file system: ${own(record.filesystem)}`,
    `network: ${own(record.network)}`,
    `processes: ${own(record.processes)}`,
    `memory: ${limited(record.memory)}`,
    `number of processes: ${limited(record.pids)}`,
    `processor: ${limited(record.cpu)}`,
    ...record.notes,
  ];
}
